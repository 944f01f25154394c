// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows are inserted under a unique key and never deleted: one insert of a key commits at most,
 * every read finds one row at most, and it is one that was inserted.
 */
public final class UniqueKeyChecker {
  /** An insert of a row, {@code row} being unique in the history. */
  public record Insert(long key, long row, Outcome outcome) {}

  /** All rows that one snapshot has under a key. */
  public record Read(long key, List<Long> rows) {
    public Read {
      rows = List.copyOf(rows);
    }
  }

  public CheckResult check(List<Insert> inserts, List<Read> reads) {
    CheckResult.Builder result = new CheckResult.Builder();
    Map<Long, Insert> insertOf = new HashMap<>();
    Map<Long, List<Long>> committed = new TreeMap<>();
    for (Insert insert : inserts) {
      if (insertOf.put(insert.row(), insert) != null) {
        result.add(AnomalyKind.MALFORMED_HISTORY, "row %d was inserted twice", insert.row());
      }
      if (insert.outcome() == Outcome.COMMITTED) {
        committed.computeIfAbsent(insert.key(), absent -> new ArrayList<>()).add(insert.row());
      }
    }
    Map<Long, Long> seen = new HashMap<>();
    reads.forEach(read -> checkRead(read, insertOf, seen, result));
    committed.forEach((key, rows) -> checkKey(key, rows, seen, result));
    return result.build();
  }

  private static void checkRead(
      Read read, Map<Long, Insert> insertOf, Map<Long, Long> seen, CheckResult.Builder result) {
    if (read.rows().size() > 1) {
      result.add(
          AnomalyKind.DUPLICATE_KEY, "a read found rows %s under key %d", read.rows(), read.key());
    }
    for (long row : read.rows()) {
      Insert insert = insertOf.get(row);
      if (insert == null || insert.outcome() == Outcome.ABORTED || insert.key() != read.key()) {
        result.add(
            AnomalyKind.PHANTOM,
            "a read found row %d under key %d, where it was not inserted: %s",
            row,
            read.key(),
            insert);
      }
      Long other = seen.putIfAbsent(read.key(), row);
      if (other != null && other != row) {
        result.add(
            AnomalyKind.DUPLICATE_KEY,
            "reads found row %d and row %d under key %d",
            other,
            row,
            read.key());
      }
    }
  }

  private static void checkKey(
      long key, List<Long> rows, Map<Long, Long> seen, CheckResult.Builder result) {
    if (rows.size() > 1) {
      result.add(AnomalyKind.DUPLICATE_KEY, "inserts of rows %s under key %d committed", rows, key);
    }
    Long row = seen.get(key);
    if (row != null && !rows.contains(row)) {
      result.add(
          AnomalyKind.LOST,
          "insert of row %d under key %d committed, yet row %d is there",
          rows.get(0),
          key,
          row);
    }
  }
}
