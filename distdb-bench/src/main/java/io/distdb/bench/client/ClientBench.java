// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import io.distdb.bench.client.ContenderProcess.Case;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs every case on every side in interleaved rounds and prints the tables of docs/benchmarks.md.
 * All sides stay open from the first round to the last; one runs at a time.
 */
public final class ClientBench {
  private static final List<String> FLAGS = List.of("-Xms4g", "-Xmx4g", "-XX:+UseParallelGC");

  private final PrintStream out;
  private final long rows;
  private final int rounds;
  private final long millis;

  /**
   * @param rows rows in the table before the first round
   * @param millis length of one round of one case on one side
   */
  public ClientBench(PrintStream out, long rows, int rounds, long millis) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
    this.millis = millis;
  }

  /** Point statements in memory, one thread, nothing forced. */
  public void inMemory(List<String> sides) throws Exception {
    List<Run> runs =
        List.of(
            new Run("SELECT by key, prepared", Case.SELECT_PREPARED, 1),
            new Run("SELECT by key, literal text new every time", Case.SELECT_LITERAL, 1),
            new Run("UPDATE by key, prepared", Case.UPDATE, 1),
            new Run("INSERT of one row, prepared", Case.INSERT, 1));
    out.printf("%n### In memory, 1 thread, %,d rows of about 75 bytes%n%n", rows);
    Map<String, List<Run>> bySide = new LinkedHashMap<>();
    sides.forEach(side -> bySide.put(side, runs));
    compare(bySide, rows, "distdb", "statements/s");
  }

  /** Inserts whose acknowledgement means that they are on the disk. */
  public void durable(List<String> sides) throws Exception {
    Map<String, List<Run>> bySide = new LinkedHashMap<>();
    for (String side : sides) {
      boolean alone = side.equals("append-force") || side.startsWith("sqlite");
      List<Run> runs = new ArrayList<>();
      for (int threads : alone ? new int[] {1} : new int[] {1, 16, 64}) {
        runs.add(new Run("durable INSERT, threads: " + threads, Case.DURABLE_INSERT, threads));
      }
      bySide.put(side, runs);
    }
    out.printf("%n### Durable INSERT, table with a primary key and a secondary index%n%n");
    compare(bySide, 1, "distdb-sync", "inserts/s");
  }

  private void compare(Map<String, List<Run>> bySide, long loaded, String ours, String unit)
      throws Exception {
    Map<String, Child> children = new LinkedHashMap<>();
    try {
      for (String side : bySide.keySet()) {
        children.put(side, start(side, loaded));
      }
      Figures figures = new Figures();
      for (int round = 0; round <= rounds; round++) {
        for (Run run : runsInOrder(bySide)) {
          for (Map.Entry<String, Child> child : children.entrySet()) {
            if (bySide.get(child.getKey()).contains(run)) {
              double rate =
                  child.getValue().rate(run.what, run.threads, round == 0 ? 3 * millis : millis);
              note(figures, round, run, child.getKey(), rate);
            }
          }
        }
      }
      out.println(figures.markdown(ours, unit));
    } finally {
      for (Child child : children.values()) {
        child.close();
      }
    }
  }

  /** Round 0 warms up, three times as long as the others. */
  private void note(Figures figures, int round, Run run, String side, double rate) {
    System.err.printf("round %d  %-45s %-14s %,12.0f/s%n", round, run.title, side, rate);
    if (round > 0) {
      figures.add(run.title, side, rate);
    }
  }

  private Child start(String side, long loaded) throws IOException {
    Path directory = Files.createTempDirectory(Path.of("."), ".bench-" + side + "-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Directories.delete(directory)));
    System.err.printf("loading %s%n", side);
    Child child =
        Child.start(
            side, FLAGS, ContenderProcess.class, side, Long.toString(loaded), directory.toString());
    out.printf("- %s: durability %s%n", side, child.answer());
    return child;
  }

  private static List<Run> runsInOrder(Map<String, List<Run>> bySide) {
    List<Run> all = new ArrayList<>();
    bySide
        .values()
        .forEach(runs -> runs.stream().filter(run -> !all.contains(run)).forEach(all::add));
    return all;
  }

  private record Run(String title, Case what, int threads) {}
}
