// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ErrorPrinterTest {
  private static String printed(DistDbException failure, String sql) {
    StringWriter text = new StringWriter();
    new ErrorPrinter(new PrintWriter(text)).print("x.sql:3: ", failure, sql);
    return text.toString();
  }

  @Test
  void theCaretStandsBelowThePlace() {
    DistDbException failure =
        new DistDbException(ErrorCode.UNDEFINED_COLUMN, "column \"nam\" does not exist")
            .withHint("Perhaps you meant \"name\".")
            .at(14);
    assertThat(printed(failure, "SELECT id,\n  nam FROM t"))
        .isEqualTo(
            """
            x.sql:3: ERROR:  column "nam" does not exist
            LINE 2:   nam FROM t
                      ^
            HINT:  Perhaps you meant "name".
            SQLSTATE:  42703
            """);
  }

  @Test
  void ofALongLineOnlyThePlaceIsShown() {
    String sql = "SELECT " + "1 + ".repeat(100_000) + "x";
    DistDbException failure =
        new DistDbException(ErrorCode.UNDEFINED_COLUMN, "column \"x\" does not exist")
            .at(sql.length());
    String[] lines = printed(failure, sql).split("\n");
    assertThat(lines[1]).startsWith("LINE 1: ...").endsWith("+ x").hasSizeLessThan(100);
    assertThat(lines[2].length()).isEqualTo(lines[1].length());
  }

  @Test
  void anErrorAtTheEndOfTheTextHasItsPlaceBehindIt() {
    DistDbException failure =
        new DistDbException(ErrorCode.SYNTAX_ERROR, "syntax error at end of input").at(7);
    assertThat(printed(failure, "SELECT")).contains("LINE 1: SELECT\n              ^\n");
  }
}
