// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** SQL text with its parameters, for the statements about one table. Names are quoted. */
final class TableText {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  String text() {
    return text.toString();
  }

  Object[] parameters() {
    return parameters.toArray();
  }

  private static String quoted(String name) {
    if (name.isEmpty() || name.indexOf(0) >= 0) {
      throw new DistDbException(
          ErrorCode.INVALID_NAME, "a name is not empty and has no character of code 0");
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String list(Iterable<String> names) {
    List<String> quoted = new ArrayList<>();
    names.forEach(name -> quoted.add(quoted(name)));
    return "(" + String.join(", ", quoted) + ")";
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  static String createTable(String table, Map<String, String> columns) {
    return "CREATE TABLE "
        + quoted(table)
        + columns.entrySet().stream()
            .map(column -> quoted(column.getKey()) + " " + column.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  static String createIndex(String name, String table, List<String> columns, IndexKind kind) {
    return "CREATE INDEX "
        + quoted(name)
        + " ON "
        + quoted(table)
        + " USING "
        + kind.name().toLowerCase(Locale.ROOT)
        + " "
        + list(columns);
  }

  static TableText insert(String table, Map<String, ?> values) {
    TableText insert = new TableText();
    insert.text.append("INSERT INTO ").append(quoted(table));
    if (values.isEmpty()) {
      insert.text.append(" DEFAULT VALUES");
      return insert;
    }
    insert.text.append(' ').append(list(values.keySet())).append(" VALUES ");
    insert.text.append(
        values.values().stream()
            .map(insert::parameter)
            .collect(Collectors.joining(", ", "(", ")")));
    return insert;
  }

  static TableText select(String table, Where where) {
    TableText select = new TableText();
    select.text.append("SELECT * FROM ").append(quoted(table));
    return select.where(where);
  }

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: nothing to set
   */
  static TableText update(String table, Map<String, ?> set, Where where) {
    if (set.isEmpty()) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "an update sets one column at least");
    }
    TableText update = new TableText();
    update.text.append("UPDATE ").append(quoted(table)).append(" SET ");
    update.text.append(
        set.entrySet().stream()
            .map(change -> quoted(change.getKey()) + " = " + update.parameter(change.getValue()))
            .collect(Collectors.joining(", ")));
    return update.where(where);
  }

  static TableText delete(String table, Where where) {
    TableText delete = new TableText();
    delete.text.append("DELETE FROM ").append(quoted(table));
    return delete.where(where);
  }

  private TableText where(Where where) {
    if (!where.equals(Where.EVERYTHING)) {
      text.append(" WHERE ").append(condition(where));
    }
    return this;
  }

  private String condition(Where where) {
    return switch (where) {
      case Where.Comparison(String column, Where.Operator operator, Object value) ->
          quoted(column) + " " + operator.sql() + " " + parameter(value);
      case Where.Among(String column, List<Object> values) ->
          values.isEmpty()
              ? "FALSE"
              : quoted(column)
                  + values.stream()
                      .map(this::parameter)
                      .collect(Collectors.joining(", ", " IN (", ")"));
      case Where.Missing(String column) -> quoted(column) + " IS NULL";
      case Where.Not(Where part) -> "NOT (" + condition(part) + ")";
      case Where.Joined(boolean every, List<Where> parts) ->
          parts.isEmpty()
              ? (every ? "TRUE" : "FALSE")
              : parts.stream()
                  .map(this::condition)
                  .collect(Collectors.joining(every ? " AND " : " OR ", "(", ")"));
    };
  }
}
