// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The heap that a row takes, with its entries in the primary key and a secondary index: each side
 * in two JVMs of the same flags, one of few rows and one of all. What the second uses more after
 * full collections, by the rows it has more. So neither classes nor caches of a side count.
 */
public final class HeapBench {
  private static final List<String> FLAGS = List.of("-Xms4g", "-Xmx4g", "-XX:+UseParallelGC");

  /** Loading is all it does, and memory varies little: more rounds show nothing new. */
  private static final int ROUNDS_MAX = 3;

  /** All rows by the few that the first JVM has. */
  private static final long FEW = 100;

  private final PrintStream out;
  private final long rows;
  private final int rounds;

  /**
   * @param rows at least 10,000
   */
  public HeapBench(PrintStream out, long rows, int rounds) {
    this.out = out;
    this.rows = rows;
    this.rounds = Math.min(rounds, ROUNDS_MAX);
  }

  /** Prints a table of {@code sides}; what lives outside of the Java heap would not be seen. */
  public void run(List<String> sides) throws Exception {
    out.printf(
        "%n### Heap a row, %,d rows of about 75 bytes, primary key and secondary index%n%n", rows);
    Map<String, double[]> bytes = new LinkedHashMap<>();
    sides.forEach(side -> bytes.put(side, new double[rounds]));
    for (int round = 0; round < rounds; round++) {
      for (String side : sides) {
        long few = usedBytes(side, rows / FEW);
        long many = usedBytes(side, rows);
        bytes.get(side)[round] = (many - few) / (double) (rows - rows / FEW);
        System.err.printf(
            Locale.ROOT, "round %d  heap a row  %-8s %.1f%n", round, side, bytes.get(side)[round]);
      }
    }
    out.println("| side | bytes a row | min | max | to H2 |");
    out.println("|---|---:|---:|---:|---:|");
    bytes.forEach((side, values) -> line(side, new Sample(values), bytes.get("h2")));
  }

  private void line(String side, Sample sample, double[] peer) {
    boolean compared = peer != null && !side.equals("h2");
    out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f | %s |%n",
        side,
        sample.median(),
        sample.least(),
        sample.most(),
        compared ? String.format(Locale.ROOT, "%.2fx", ratio(sample, peer)) : "");
  }

  private static double ratio(Sample sample, double[] peer) {
    return sample.median() / new Sample(peer).median();
  }

  private static long usedBytes(String side, long rows) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("."), ".bench-heap-");
    try (Child child =
        Child.start(
            side, FLAGS, ContenderProcess.class, side, Long.toString(rows), directory.toString())) {
      child.answer();
      return Long.parseLong(child.ask("heap"));
    } finally {
      Directories.delete(directory);
    }
  }
}
