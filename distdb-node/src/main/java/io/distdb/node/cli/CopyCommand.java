// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code \copy} is told. Table and columns stay as they were written, quotes included.
 *
 * @param columns the list within the parentheses; empty means all columns of the table
 * @param header whether the file's first line names its columns and is passed over
 */
record CopyCommand(String table, Optional<String> columns, Path file, boolean header) {
  /** The pattern's repetitions recurse; this much fits every stack. */
  private static final int LINE_LENGTH_MAX = 2_048;

  private static final Pattern FORM =
      Pattern.compile(
          "\\\\copy\\s+(?<table>\"(?:[^\"]|\"\")+\"|[^\\s(]+)\\s*(?:\\((?<columns>[^)]*)\\))?\\s+"
              + "from\\s+(?:'(?<quoted>(?:[^']|'')*)'|(?<bare>\\S+))"
              + "(?<options>(?:[\\s,()]+(?:with|format|csv|header|true|on))*)[\\s);]*",
          Pattern.CASE_INSENSITIVE);

  static CopyCommand parse(String line) {
    if (line.length() > LINE_LENGTH_MAX) {
      throw wrong("\\copy: a line of " + line.length() + " characters; at most " + LINE_LENGTH_MAX);
    }
    Matcher matcher = FORM.matcher(line);
    if (!matcher.matches()) {
      throw wrong("\\copy: cannot understand \"" + line + "\"");
    }
    String options = matcher.group("options").toLowerCase(java.util.Locale.ROOT);
    if (!options.contains("csv")) {
      throw wrong("\\copy: only the format CSV can be read");
    }
    String quoted = matcher.group("quoted");
    String file = quoted == null ? matcher.group("bare") : quoted.replace("''", "'");
    return new CopyCommand(
        matcher.group("table"),
        Optional.ofNullable(matcher.group("columns")),
        MetaCommands.path(file),
        options.contains("header"));
  }

  private static DistDbException wrong(String message) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, message)
        .withHint("\\copy TABLE [(COLUMN, ...)] FROM 'FILE' CSV [HEADER]");
  }

  /** A query without rows that has the columns to be filled. */
  String columnsQuery() {
    return "SELECT " + columns.orElse("*") + " FROM " + table + " LIMIT 0";
  }

  String insert(int columnCount) {
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(table);
    columns.ifPresent(list -> sql.append(" (").append(list).append(")"));
    sql.append(" VALUES (");
    for (int i = 1; i <= columnCount; i++) {
      sql.append(i == 1 ? "$" : ", $").append(i);
    }
    return sql.append(")").toString();
  }
}
