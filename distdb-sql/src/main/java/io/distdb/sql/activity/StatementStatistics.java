// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Totals of the statements of a database, by their texts; so many at most: then those with the
 * fewest runs go. Thread-safe; a statement asks once and keeps its totals.
 */
public final class StatementStatistics {
  /** Of a text: longer ones that begin alike are counted together. */
  public static final int TEXT_CHARACTERS_MAX = 4_096;

  private static final int STATEMENTS_MAX = 5_000;
  private static final int GONE_AT_ONCE = STATEMENTS_MAX / 20;

  private final ConcurrentHashMap<String, StatementTotals> totals = new ConcurrentHashMap<>();

  /** The totals of the statement of this text, which has no literals that may differ. */
  public StatementTotals of(String text) {
    StatementTotals known = totals.get(text);
    if (known != null) {
      return known;
    }
    if (totals.size() >= STATEMENTS_MAX) {
      makeRoom();
    }
    return totals.computeIfAbsent(text, key -> new StatementTotals());
  }

  private synchronized void makeRoom() {
    if (totals.size() < STATEMENTS_MAX) {
      return;
    }
    List<String> least =
        totals.entrySet().stream()
            .sorted(Comparator.comparingLong(entry -> entry.getValue().calls()))
            .limit(GONE_AT_ONCE)
            .map(Map.Entry::getKey)
            .toList();
    least.forEach(totals::remove);
  }

  /** Those that have run. */
  public List<StatementRow> rows(String database) {
    return totals.entrySet().stream()
        .filter(entry -> entry.getValue().calls() > 0)
        .map(entry -> entry.getValue().row(database, entry.getKey()))
        .toList();
  }

  public void reset() {
    totals.values().forEach(StatementTotals::reset);
  }
}
