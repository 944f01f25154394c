// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A small table with a title, aligned as psql aligns what its backslash commands list. */
final class TextTable {
  private final String title;
  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;

  TextTable(String title, String... columns) {
    this.title = title;
    widths = new int[columns.length];
    add(columns);
  }

  void add(String... cells) {
    for (int i = 0; i < cells.length; i++) {
      widths[i] = Math.max(widths[i], width(cells[i]));
    }
    rows.add(cells);
  }

  /** Whether it has a row besides its heading. */
  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The title in the middle, the heading, a rule, the rows; no count. */
  void print(PrintWriter out) {
    int total = widths.length * 3 - 1;
    for (int width : widths) {
      total += width;
    }
    out.println((" ".repeat(Math.max(0, (total - width(title)) / 2)) + title).stripTrailing());
    heading(out);
    for (String[] row : rows.subList(1, rows.size())) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(i == 0 ? " " : " | ").append(row[i]);
        line.append(" ".repeat(widths[i] - width(row[i])));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private void heading(PrintWriter out) {
    String[] names = rows.getFirst();
    StringBuilder line = new StringBuilder();
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      int gap = widths[i] - width(names[i]);
      line.append(i == 0 ? " " : " | ").append(" ".repeat(gap / 2)).append(names[i]);
      line.append(" ".repeat(gap - gap / 2));
      rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
    }
    out.println(line);
    out.println(rule);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
