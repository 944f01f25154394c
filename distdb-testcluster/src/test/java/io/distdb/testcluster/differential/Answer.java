// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a database says to a query. */
sealed interface Answer {
  /** A row a string, in the text forms of PostgreSQL. */
  record Rows(List<String> rows) implements Answer {
    private Rows arranged(boolean ordered) {
      return ordered ? this : new Rows(rows.stream().sorted().toList());
    }
  }

  record Failure(String sqlState, String message) implements Answer {
    /** An error in the values: whether it comes may depend on the order of evaluation. */
    boolean isOfValues() {
      return sqlState.startsWith("22");
    }

    boolean isTimeout() {
      return sqlState.equals("57014");
    }
  }

  /**
   * A value as it is compared: numbers without the zeros behind the point and without the sign of
   * zero, because of equal values any may come first, or stand for the others.
   */
  private static String form(String text) {
    if (text == null) {
      return "NULL";
    }
    return switch (text) {
      case "TRUE", "true" -> "t";
      case "FALSE", "false" -> "f";
      default -> number(text);
    };
  }

  private static String number(String text) {
    if (!text.matches("-?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?")) {
      return text;
    }
    BigDecimal number = new BigDecimal(text);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  static Answer of(Session session, String sql) {
    List<String> answer = new ArrayList<>();
    try {
      if (session.execute(sql) instanceof StatementResult.Rows result) {
        try (ResultRows rows = result.rows()) {
          while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 0; column < rows.columns().size(); column++) {
              row.add(form(rows.isNull(column) ? null : rows.text(column)));
            }
            answer.add(row.toString());
          }
        }
      }
    } catch (DistDbException failure) {
      return new Failure(failure.sqlState(), failure.toString());
    } catch (RuntimeException | StackOverflowError | AssertionError bug) {
      return new Failure("bug", bug + " at " + List.of(bug.getStackTrace()).subList(0, 3));
    }
    return new Rows(answer);
  }

  static Answer of(Connection connection, String sql) {
    List<String> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(5);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            row.add(form(rows.getString(column)));
          }
          answer.add(row.toString());
        }
      }
    } catch (SQLException failure) {
      return new Failure(String.valueOf(failure.getSQLState()), failure.getMessage());
    }
    return new Rows(answer);
  }

  /** Whether both say the same, as far as {@code ordered} says that there is one order. */
  static boolean agree(Answer left, Answer right, boolean ordered) {
    return left instanceof Rows one
        && right instanceof Rows other
        && one.arranged(ordered).equals(other.arranged(ordered));
  }
}
