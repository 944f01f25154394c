// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Our indexes beside the JDK's maps: sides in turn, each in a new JVM of fixed heap each round.
 * Arguments: entries, rounds, milliseconds a case, then which of {@link Comparison}, or all. Prints
 * markdown with median, least and greatest.
 */
public final class IndexBench {
  private static final List<String> ORDERED =
      List.of(
          "get, ns",
          "scan of 100, read, ns",
          "scan of 100, kept, ns",
          "scan of 100, in a block, ns",
          "insert, ns",
          "insert, warm, ns",
          "heap a entry, bytes");

  /** What is compared. */
  enum Comparison {
    RANDOM("B+tree", "skip list", ORDERED),
    ASCENDING("B+tree", "skip list", ORDERED),
    HASH("hash index", "hash map", List.of("get, ns", "put, ns", "heap a entry, bytes"));

    private final String ours;
    private final String theirs;
    private final List<String> cases;

    Comparison(String ours, String theirs, List<String> cases) {
      this.ours = ours;
      this.theirs = theirs;
      this.cases = cases;
    }
  }

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final int entries;
  private final int rounds;
  private final int millis;

  private IndexBench(int entries, int rounds, int millis) {
    this.entries = entries;
    this.rounds = rounds;
    this.millis = millis;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int millis = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2_000;
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      comparisons.add(Comparison.valueOf(arguments[i]));
    }
    IndexBench bench = new IndexBench(entries, rounds, millis);
    for (Comparison each : comparisons.isEmpty() ? List.of(Comparison.values()) : comparisons) {
      bench.compare(each);
    }
  }

  private void compare(Comparison comparison) throws IOException, InterruptedException {
    double[][] ours = new double[comparison.cases.size()][rounds];
    double[][] theirs = new double[comparison.cases.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      measure(comparison, true, ours, round);
      measure(comparison, false, theirs, round);
    }
    out.printf(
        "%n| %s, %,d entries, %d rounds | %s | %s | ratio |%n|---|---|---|---|%n",
        comparison.name().toLowerCase(Locale.ROOT),
        entries,
        rounds,
        comparison.ours,
        comparison.theirs);
    for (int i = 0; i < ours.length; i++) {
      out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %.2f |%n",
          comparison.cases.get(i),
          summary(ours[i]),
          summary(theirs[i]),
          median(theirs[i]) / median(ours[i]));
    }
  }

  private void measure(Comparison comparison, boolean own, double[][] cases, int round)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms4g",
                "-Xmx4g",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                IndexProcess.class.getName(),
                comparison.name(),
                Boolean.toString(own),
                Integer.toString(entries),
                Integer.toString(millis))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (process.waitFor() != 0 || answer == null) {
      throw new IllegalStateException(comparison + " ended; its error output says why");
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.err.printf(
        Locale.ROOT,
        "%s %s round %d, load %.1f: %s%n",
        comparison,
        own ? comparison.ours : comparison.theirs,
        round + 1,
        load,
        answer);
    String[] words = answer.split(" ");
    for (int i = 0; i < words.length; i++) {
      cases[i][round] = Double.parseDouble(words[i]);
    }
  }

  private static String summary(double[] rounds) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT, "%.0f (%.0f–%.0f)", median(rounds), sorted[0], sorted[sorted.length - 1]);
  }

  private static double median(double[] rounds) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
