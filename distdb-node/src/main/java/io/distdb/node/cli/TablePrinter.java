// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.type.SqlType;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints rows in psql's aligned and expanded layouts. Columns are as wide as the widest of the
 * first {@link #MEASURED_ROWS} rows, so that a result of any length needs little memory.
 */
final class TablePrinter {
  private static final int MEASURED_ROWS = 5_000;

  private final PrintWriter out;
  private final ResultRows rows;
  private final List<ResultColumn> columns;
  private final int[] widths;
  private long count;

  TablePrinter(PrintWriter out, ResultRows rows) {
    this.out = out;
    this.rows = rows;
    this.columns = rows.columns();
    this.widths = columns.stream().mapToInt(column -> width(column.name())).toArray();
  }

  /** The number of rows printed. */
  long print(boolean expanded) {
    if (expanded) {
      printExpanded();
    } else {
      printAligned();
    }
    return count;
  }

  private void printAligned() {
    List<String[]> measured = new ArrayList<>();
    while (measured.size() < MEASURED_ROWS && rows.next()) {
      String[] cells = cells();
      for (int i = 0; i < cells.length; i++) {
        widths[i] = Math.max(widths[i], widthOfLines(cells[i]));
      }
      measured.add(cells);
    }
    header();
    measured.forEach(this::row);
    if (measured.size() == MEASURED_ROWS) {
      while (rows.next()) {
        row(cells());
      }
    }
    out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    out.println();
  }

  private String[] cells() {
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = text(i);
    }
    return cells;
  }

  private String text(int column) {
    String text = rows.text(column);
    return text == null ? "" : text;
  }

  private void header() {
    StringBuilder names = new StringBuilder();
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String name = columns.get(i).name();
      int left = (widths[i] - width(name)) / 2;
      names.append(i == 0 ? " " : "| ").append(" ".repeat(left)).append(name);
      names.append(" ".repeat(widths[i] - width(name) - left + 1));
      rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
    }
    out.println(names);
    out.println(rule);
  }

  /** A value of several lines goes on below itself; {@code +} marks that more follows. */
  private void row(String[] cells) {
    count++;
    String[][] lines = new String[cells.length][];
    int height = 1;
    for (int i = 0; i < cells.length; i++) {
      lines[i] = cells[i].split("\n", -1);
      height = Math.max(height, lines[i].length);
    }
    for (int k = 0; k < height; k++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.length; i++) {
        String text = k < lines[i].length ? lines[i][k] : "";
        boolean more = k + 1 < lines[i].length;
        boolean last = i == cells.length - 1;
        line.append(i == 0 ? " " : "| ");
        appendCell(line, text, i, last && !more);
        line.append(more ? "+" : last ? "" : " ");
      }
      out.println(line);
    }
  }

  private void appendCell(StringBuilder line, String text, int column, boolean trim) {
    int gap = Math.max(0, widths[column] - width(text));
    if (isNumeric(columns.get(column).type())) {
      line.append(" ".repeat(gap)).append(text);
    } else {
      line.append(text).append(trim ? "" : " ".repeat(gap));
    }
  }

  private static boolean isNumeric(SqlType type) {
    return switch (type.unmodified()) {
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> true;
            case BOOLEAN, TEXT, VARCHAR, CHAR, BYTEA, UUID -> false;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> false;
          };
      case SqlType.Modified modified -> false;
      case SqlType.Array array -> false;
    };
  }

  private void printExpanded() {
    int nameWidth = 0;
    for (int width : widths) {
      nameWidth = Math.max(nameWidth, width);
    }
    while (rows.next()) {
      count++;
      String title = "-[ RECORD " + count + " ]";
      out.println(title + "-".repeat(Math.max(0, nameWidth + 2 - title.length())));
      for (int i = 0; i < columns.size(); i++) {
        String name = columns.get(i).name();
        String gap = " ".repeat(nameWidth - width(name));
        out.println(name + gap + " | " + text(i));
      }
    }
    out.println(count == 0 ? "(0 rows)" : "");
  }

  private static int widthOfLines(String cell) {
    int widest = 0;
    for (String line : cell.split("\n", -1)) {
      widest = Math.max(widest, width(line));
    }
    return widest;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
