// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.PrintWriter;

/** Lines of records, one column each, as psql draws them; borders as in {@link AlignedLines}. */
final class ExpandedLines {
  private final PrintWriter out;
  private final int nameWidth;
  private final int valueWidth;
  private final int border;

  ExpandedLines(PrintWriter out, int nameWidth, int valueWidth, int border) {
    this.out = out;
    this.nameWidth = nameWidth;
    this.valueWidth = valueWidth;
    this.border = border;
  }

  /** The title lies over a rule that has a cross where names and values meet. */
  void title(long number) {
    if (border == 0) {
      out.println("* Record " + number);
      return;
    }
    String title = (border == 2 ? "+" : "") + "-[ RECORD " + number + " ]";
    String rule = rule();
    boolean covered = rule.length() <= title.length() + border - 1;
    out.println(title + (covered ? border == 2 ? "-+" : "" : rule.substring(title.length())));
  }

  private String rule() {
    String names = "-".repeat(nameWidth + 1);
    String values = "-".repeat(valueWidth + 1);
    return border == 2 ? "+-" + names + "+" + values + "-+" : names + "+" + values;
  }

  /** What stands between records that have no titles. */
  void between(long number) {
    if (border == 2) {
      out.println(rule());
    } else if (number > 1) {
      out.println();
    }
  }

  void field(String name, String value) {
    String[] lines = value.split("\n", -1);
    for (int k = 0; k < lines.length; k++) {
      String label = k == 0 ? name : "";
      boolean more = k + 1 < lines.length;
      int gap = Math.max(0, valueWidth - TablePrinter.width(lines[k]));
      String end = more ? " ".repeat(gap) + "+" : border == 2 ? " ".repeat(gap) + " " : "";
      out.println(
          (border == 2 ? "| " : "")
              + label
              + " ".repeat(nameWidth - TablePrinter.width(label))
              + (border == 0 ? " " : " | ")
              + lines[k]
              + end
              + (border == 2 ? "|" : ""));
    }
  }

  void end() {
    if (border == 2) {
      out.println(rule());
    }
  }
}
