// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Queries over several rows, in interleaved rounds as {@link ClientBench}. Before the first round
 * all sides must give the same answers.
 */
public final class QueryBench {
  private static final List<String> FLAGS = List.of("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC");

  private final PrintStream out;
  private final long rows;
  private final int rounds;
  private final long millis;

  /**
   * @param rows sales, at least 10,000
   */
  public QueryBench(PrintStream out, long rows, int rounds, long millis) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
    this.millis = millis;
  }

  public void run(List<String> sides) throws Exception {
    out.printf("%n### Queries over several rows, in memory, %,d rows%n%n", rows);
    Map<String, Child> children = new LinkedHashMap<>();
    try {
      for (String side : sides) {
        System.err.printf("loading %s%n", side);
        Child child = Child.start(side, FLAGS, QueryProcess.class, side, Long.toString(rows));
        children.put(side, child);
        child.answer();
      }
      Figures figures = new Figures();
      for (QueryCase what : QueryCase.values()) {
        check(children, what);
      }
      for (int round = 0; round <= rounds; round++) {
        for (QueryCase what : QueryCase.values()) {
          measure(children, what, round, figures);
        }
      }
      out.println(figures.markdown("distdb", "queries/s", Set.of("duckdb")));
    } finally {
      for (Child child : children.values()) {
        child.close();
      }
    }
  }

  private static void check(Map<String, Child> children, QueryCase what) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (Map.Entry<String, Child> child : children.entrySet()) {
      digests.put(child.getKey(), child.getValue().ask("check " + what));
    }
    if (digests.values().stream().distinct().count() > 1) {
      throw new IllegalStateException("the sides answer " + what + " differently: " + digests);
    }
  }

  /** Round 0 warms up, three times as long as the others. */
  private void measure(Map<String, Child> children, QueryCase what, int round, Figures figures)
      throws IOException {
    for (Map.Entry<String, Child> child : children.entrySet()) {
      if (!what.suits(child.getKey())) {
        continue;
      }
      long time = round == 0 ? 3 * millis : millis;
      String[] words = child.getValue().ask("run " + what + " " + time).split(" ");
      double rate = Long.parseLong(words[0]) * 1e9 / Long.parseLong(words[1]);
      System.err.printf(
          "round %d  %-45s %-8s %,12.1f/s%n", round, what.title, child.getKey(), rate);
      if (round > 0) {
        figures.add(what.title, child.getKey(), rate);
      }
    }
  }
}
