// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import java.io.PrintWriter;
import java.util.List;

/** Prints rows for programs: CSV (RFC 4180), or unaligned with {@code |} between the cells. */
final class PlainPrinter {
  private final PrintWriter out;
  private final ResultRows rows;
  private final Display display;
  private final boolean csv;
  private final String separator;
  private final List<String> names;

  PlainPrinter(PrintWriter out, ResultRows rows, Display display) {
    this.out = out;
    this.rows = rows;
    this.display = display;
    csv = display.format() == Display.Format.CSV;
    separator = csv ? "," : "|";
    names = rows.columns().stream().map(ResultColumn::name).map(this::cell).toList();
  }

  void print() {
    if (display.expanded() == Display.Expanded.ON) {
      printExpanded();
    } else {
      printLines();
    }
  }

  private void printLines() {
    if (!display.tuplesOnly()) {
      out.println(String.join(separator, names));
    }
    long count = 0;
    StringBuilder line = new StringBuilder();
    while (rows.next()) {
      count++;
      line.setLength(0);
      for (int i = 0; i < names.size(); i++) {
        line.append(i == 0 ? "" : separator).append(value(i));
      }
      out.println(line);
    }
    if (!csv && !display.tuplesOnly()) {
      out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    }
  }

  private void printExpanded() {
    boolean first = true;
    while (rows.next()) {
      if (!first && !csv) {
        out.println();
      }
      first = false;
      for (int i = 0; i < names.size(); i++) {
        out.println(names.get(i) + separator + value(i));
      }
    }
  }

  private String value(int column) {
    String text = rows.text(column);
    return text == null ? display.nullText() : cell(text);
  }

  private String cell(String text) {
    boolean quotes = csv && needsQuotes(text);
    return quotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static boolean needsQuotes(String text) {
    return text.indexOf(',') >= 0
        || text.indexOf('"') >= 0
        || text.indexOf('\n') >= 0
        || text.indexOf('\r') >= 0
        || text.equals("\\.");
  }
}
