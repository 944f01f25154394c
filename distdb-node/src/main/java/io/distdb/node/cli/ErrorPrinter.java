// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.session.Notice;
import java.io.PrintWriter;

/** Prints errors as psql does, and their SQLSTATE. */
final class ErrorPrinter {
  /** Characters shown around the place of an error in a long line. */
  private static final int CONTEXT = 60;

  private final PrintWriter err;

  ErrorPrinter(PrintWriter err) {
    this.err = err;
  }

  /**
   * @param where what goes before the message, such as {@code script.sql:12: }
   */
  void print(String where, DistDbException failure, String sql) {
    err.println(where + "ERROR:  " + failure.getMessage());
    if (failure.position() > 0 && failure.position() <= sql.length() + 1) {
      printPlace(sql, failure.position() - 1);
    }
    failure.detail().ifPresent(detail -> err.println("DETAIL:  " + detail));
    failure.hint().ifPresent(hint -> err.println("HINT:  " + hint));
    failure.context().ifPresent(context -> err.println("CONTEXT:  " + context));
    err.println("SQLSTATE:  " + failure.sqlState());
    err.flush();
  }

  /** What is no error, as psql prints it. */
  void print(Notice notice) {
    err.println(notice.severity() + ":  " + notice.message());
    notice.detail().ifPresent(detail -> err.println("DETAIL:  " + detail));
    notice.hint().ifPresent(hint -> err.println("HINT:  " + hint));
    err.flush();
  }

  /** The line number, from 1, of the character at {@code at}. */
  static int lineOf(String sql, int at) {
    return 1
        + (int) sql.substring(0, Math.min(at, sql.length())).chars().filter(c -> c == '\n').count();
  }

  private void printPlace(String sql, int at) {
    int lineStart = sql.lastIndexOf('\n', at - 1) + 1;
    int lineEnd = sql.indexOf('\n', at);
    int from = Math.max(lineStart, at - CONTEXT);
    int to = Math.min(lineEnd < 0 ? sql.length() : lineEnd, at + CONTEXT);
    String label = "LINE " + lineOf(sql, at) + ": " + (from > lineStart ? "..." : "");
    boolean cut = to < (lineEnd < 0 ? sql.length() : lineEnd);
    err.println(label + sql.substring(from, to).replace('\t', ' ') + (cut ? "..." : ""));
    err.println(" ".repeat(label.length() + at - from) + "^");
  }
}
