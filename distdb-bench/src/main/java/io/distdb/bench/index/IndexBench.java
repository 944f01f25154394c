// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The B+tree beside ConcurrentSkipListMap: sides in turn, each in a new JVM each round. Arguments:
 * entries, rounds, milliseconds a case. Prints markdown with median, least and greatest.
 */
public final class IndexBench {
  static final List<String> CASES =
      List.of("get, ns", "scan of 100, ns", "insert, ns", "heap a entry, bytes");

  private IndexBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int millis = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2_000;
    out.printf("| %,d entries, %d rounds | B+tree | skip list | ratio |%n", entries, rounds);
    out.println("|---|---|---|---|");
    for (BenchKeys keys : BenchKeys.values()) {
      double[][] tree = new double[CASES.size()][rounds];
      double[][] list = new double[CASES.size()][rounds];
      for (int round = 0; round < rounds; round++) {
        measure(OrderedSide.Name.BTREE, keys, entries, millis, tree, round);
        measure(OrderedSide.Name.SKIPLIST, keys, entries, millis, list, round);
      }
      for (int i = 0; i < CASES.size(); i++) {
        out.printf(
            Locale.ROOT,
            "| %s keys, %s | %s | %s | %.2f |%n",
            keys.name().toLowerCase(Locale.ROOT),
            CASES.get(i),
            summary(tree[i]),
            summary(list[i]),
            median(list[i]) / median(tree[i]));
      }
    }
  }

  private static void measure(
      OrderedSide.Name side, BenchKeys keys, int entries, int millis, double[][] cases, int round)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx6g",
                "-cp",
                System.getProperty("java.class.path"),
                IndexProcess.class.getName(),
                side.name(),
                keys.name(),
                Integer.toString(entries),
                Integer.toString(millis))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (process.waitFor() != 0 || answer == null) {
      throw new IllegalStateException(side + " ended; its error output says why");
    }
    System.err.printf("%s %s round %d: %s%n", side, keys, round + 1, answer);
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
