// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

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
    int perColumn = display.border() == 0 ? 1 : 3;
    int ends = display.border() == 2 ? 1 : display.border() - 1;
    return IntStream.of(widths).sum() + perColumn * widths.length + ends;
  }

  /** The next row, or null. */
  private String[] nextRow() {
    String[] cells = measured.poll();
    return cells != null ? cells : rows.next() ? cells() : null;
  }

  private void printAligned() {
    AlignedLines lines = new AlignedLines(out, columns, widths, display.border());
    if (!display.tuplesOnly()) {
      lines.heading();
    }
    String[] cells = nextRow();
    while (cells != null) {
      count++;
      lines.row(cells);
      cells = nextRow();
    }
    lines.end();
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

  private void printExpanded() {
    int nameWidth = columns.stream().mapToInt(column -> width(column.name())).max().orElse(0);
    int valueWidth = 0;
    for (String[] cells : measured) {
      for (String cell : cells) {
        valueWidth = Math.max(valueWidth, widthOfLines(cell));
      }
    }
    ExpandedLines lines = new ExpandedLines(out, nameWidth, valueWidth, display.border());
    String[] cells = nextRow();
    while (cells != null) {
      count++;
      if (!display.tuplesOnly()) {
        lines.title(count);
      } else {
        lines.between(count);
      }
      for (int i = 0; i < cells.length; i++) {
        lines.field(columns.get(i).name(), cells[i]);
      }
      cells = nextRow();
    }
    if (count > 0) {
      lines.end();
    } else if (!display.tuplesOnly()) {
      out.println("(0 rows)");
    }
    out.println();
  }

  private static int widthOfLines(String cell) {
    int widest = 0;
    for (String line : cell.split("\n", -1)) {
      widest = Math.max(widest, width(line));
    }
    return widest;
  }

  /** In characters, which are code points. */
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
