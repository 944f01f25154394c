// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a database shows or should show, as text: for each table an entry with its columns, for each
 * row one under the table's name and the row's first column. A table that is missing has no entry.
 * Not thread-safe; books hand out copies.
 */
record Picture(TreeMap<String, String> entries) {
  Picture() {
    this(new TreeMap<>());
  }

  Picture copy() {
    return new Picture(new TreeMap<>(entries));
  }

  /** A copy with a table and no rows. */
  Picture withTable(String table, String columns) {
    Picture copy = copy();
    copy.entries.put(table, columns);
    return copy;
  }

  boolean has(String table) {
    return entries.containsKey(table);
  }

  void put(String table, long key, Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(String.valueOf(value));
    }
    entries.put(name(table, key), String.join("|", texts));
  }

  void remove(String table, long key) {
    entries.remove(name(table, key));
  }

  /** Without a table and its rows. */
  void drop(String table) {
    entries.keySet().removeIf(name -> name.equals(table) || name.startsWith(table + " "));
  }

  /** The keys of a table's rows, rising. */
  List<Long> keys(String table) {
    return entries.keySet().stream()
        .filter(name -> name.startsWith(table + " "))
        .map(name -> Long.parseLong(name.substring(table.length() + 1)))
        .toList();
  }

  String row(String table, long key) {
    return entries.get(name(table, key));
  }

  /** The rows of a table as text without its columns, by key. */
  Map<Long, String> rows(String table) {
    Map<Long, String> rows = new TreeMap<>();
    keys(table).forEach(key -> rows.put(key, row(table, key)));
    return rows;
  }

  /** Sorts as numbers do; {@code key} is not negative. */
  private static String name(String table, long key) {
    String digits = Long.toString(key);
    return table + " " + "0".repeat(10 - digits.length()) + digits;
  }

  /**
   * Adds what {@code query} answers, its first column a number; nothing when the table is missing.
   *
   * @throws AssertionError a key comes twice
   */
  void add(Session session, String table, String query) {
    try {
      if (session.execute(query) instanceof StatementResult.Rows result) {
        try (ResultRows rows = result.rows()) {
          entries.put(
              table, String.join("|", rows.columns().stream().map(ResultColumn::name).toList()));
          addRows(rows, table);
        }
      }
    } catch (DistDbException missing) {
      if (missing.code() != ErrorCode.UNDEFINED_TABLE) {
        throw missing;
      }
    }
  }

  private void addRows(ResultRows rows, String table) {
    while (rows.next()) {
      Object[] values = new Object[rows.columns().size() - 1];
      for (int column = 0; column < values.length; column++) {
        values[column] = rows.text(column + 1);
      }
      long key = Long.parseLong(rows.text(0));
      if (entries.containsKey(name(table, key))) {
        throw new AssertionError("the row " + name(table, key) + " comes twice");
      }
      put(table, key, values);
    }
  }

  /** What one has and the other has not. */
  String difference(Picture other) {
    StringBuilder text = new StringBuilder();
    entries.forEach((name, value) -> {
      if (!value.equals(other.entries.get(name))) {
        text.append(" -[").append(name).append("]=").append(value);
      }
    });
    other.entries.forEach((name, value) -> {
      if (!value.equals(entries.get(name))) {
        text.append(" +[").append(name).append("]=").append(value);
      }
    });
    return text.toString();
  }
}
