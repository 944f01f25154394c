// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.type.SqlType;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prints rows in psql's aligned and expanded layouts. Columns are as wide as the widest of the
 * first {@link #MEASURED_ROWS} rows, so that a result of any length needs little memory.
 */
final class TablePrinter {
  private static final int MEASURED_ROWS = 5_000;

  private final PrintWriter out;
  private final ResultRows rows;
  private final Display display;
  private final List<ResultColumn> columns;
  private final int[] widths;
  private final Deque<String[]> measured = new ArrayDeque<>();
  private long count;

  TablePrinter(PrintWriter out, ResultRows rows, Display display) {
    this.out = out;
    this.rows = rows;
    this.display = display;
    this.columns = rows.columns();
    this.widths = columns.stream().mapToInt(column -> width(column.name())).toArray();
  }

  /**
   * @param terminalWidth characters in a line, for automatic expansion; 0 for any number
   */
  void print(int terminalWidth) {
    measure();
    boolean expanded =
        switch (display.expanded()) {
          case OFF -> false;
          case ON -> true;
          case AUTO -> terminalWidth > 0 && lineWidth() > terminalWidth;
        };
    if (expanded) {
      printExpanded();
    } else {
      printAligned();
    }
  }

  private void measure() {
    while (measured.size() < MEASURED_ROWS && rows.next()) {
      String[] cells = cells();
      for (int i = 0; i < cells.length; i++) {
        widths[i] = Math.max(widths[i], widthOfLines(cells[i]));
      }
      measured.add(cells);
    }
  }

  private int lineWidth() {
    return IntStream.of(widths).sum() + 3 * widths.length - 1;
  }

  /** The next row, or null. */
  private String[] nextRow() {
    String[] cells = measured.poll();
    return cells != null ? cells : rows.next() ? cells() : null;
  }

  private void printAligned() {
    if (!display.tuplesOnly()) {
      header();
    }
    String[] cells = nextRow();
    while (cells != null) {
      row(cells);
      cells = nextRow();
    }
    if (!display.tuplesOnly()) {
      out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    }
    out.println();
  }

  private String[] cells() {
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      String text = rows.text(i);
      cells[i] = text == null ? display.nullText() : text;
    }
    return cells;
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
    int nameWidth = columns.stream().mapToInt(column -> width(column.name())).max().orElse(0);
    int valueWidth = 0;
    for (String[] cells : measured) {
      for (String cell : cells) {
        valueWidth = Math.max(valueWidth, widthOfLines(cell));
      }
    }
    String[] cells = nextRow();
    while (cells != null) {
      count++;
      if (!display.tuplesOnly()) {
        out.println(recordLine(nameWidth, valueWidth));
      } else if (count > 1) {
        out.println();
      }
      for (int i = 0; i < cells.length; i++) {
        field(columns.get(i).name(), cells[i], nameWidth, valueWidth);
      }
      cells = nextRow();
    }
    if (count == 0 && !display.tuplesOnly()) {
      out.println("(0 rows)");
    }
    out.println();
  }

  /** The title lies over a rule that has a cross where names and values meet. */
  private String recordLine(int nameWidth, int valueWidth) {
    String title = "-[ RECORD " + count + " ]";
    String rule = "-".repeat(nameWidth + 1) + "+" + "-".repeat(valueWidth + 1);
    return title + (rule.length() > title.length() ? rule.substring(title.length()) : "");
  }

  private void field(String name, String value, int nameWidth, int valueWidth) {
    String[] lines = value.split("\n", -1);
    for (int k = 0; k < lines.length; k++) {
      String label = k == 0 ? name : "";
      boolean more = k + 1 < lines.length;
      String mark = more ? " ".repeat(Math.max(0, valueWidth - width(lines[k]))) + "+" : "";
      out.println(label + " ".repeat(nameWidth - width(label)) + " | " + lines[k] + mark);
    }
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
