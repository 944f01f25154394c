// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.session.ResultColumn;
import java.io.PrintWriter;
import java.util.List;

/**
 * Lines of a table as psql draws them: with border 0 columns lie side by side, with 1 there are
 * rules between them, with 2 around the table too.
 */
final class AlignedLines {
  private final PrintWriter out;
  private final List<ResultColumn> columns;
  private final int[] widths;
  private final int border;

  AlignedLines(PrintWriter out, List<ResultColumn> columns, int[] widths, int border) {
    this.out = out;
    this.columns = columns;
    this.widths = widths;
    this.border = border;
  }

  void heading() {
    if (border == 2) {
      out.println(rule());
    }
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String name = columns.get(i).name();
      int gap = widths[i] - TablePrinter.width(name);
      names.append(before(i)).append(" ".repeat(gap / 2)).append(name);
      names.append(" ".repeat(gap - gap / 2 + 1));
    }
    out.println(names.append(border == 2 ? "|" : ""));
    out.println(rule());
  }

  private String before(int column) {
    return border == 0 ? "" : column == 0 && border == 1 ? " " : "| ";
  }

  private String rule() {
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      boolean first = i == 0;
      rule.append(
          switch (border) {
            case 0 -> first ? "" : " ";
            case 1 -> first ? "" : "+";
            default -> "+";
          });
      rule.append("-".repeat(widths[i] + (border == 0 ? 0 : 2)));
    }
    return rule.append(border == 2 ? "+" : "").toString();
  }

  /** A value of several lines goes on below itself; {@code +} marks that more follows. */
  void row(String[] cells) {
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
        boolean trimmed = border == 1 && i == cells.length - 1 && !more;
        line.append(before(i));
        cell(line, text, i, trimmed);
        line.append(more ? "+" : trimmed ? "" : " ");
      }
      out.println(line.append(border == 2 ? "|" : ""));
    }
  }

  void end() {
    if (border == 2) {
      out.println(rule());
    }
  }

  private void cell(StringBuilder line, String text, int column, boolean trimmed) {
    int gap = Math.max(0, widths[column] - TablePrinter.width(text));
    if (isNumeric(columns.get(column).type())) {
      line.append(" ".repeat(gap)).append(text);
    } else {
      line.append(text).append(trimmed ? "" : " ".repeat(gap));
    }
  }

  private static boolean isNumeric(SqlType type) {
    return switch (type.unmodified()) {
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> true;
            case BOOLEAN, TEXT, VARCHAR, CHAR, BYTEA, UUID -> false;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> false;
            case OID, XID -> true;
            case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> false;
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> false;
            case REGNAMESPACE, REGROLE, REGCOLLATION -> false;
          };
      case SqlType.Modified modified -> false;
      case SqlType.Array array -> false;
      case RowType row -> false;
    };
  }
}
