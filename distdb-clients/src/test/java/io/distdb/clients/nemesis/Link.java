// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.checker.Outcome;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;

/** One client's connection with its node, or with any: opened when needed, closed when in doubt. */
final class Link implements AutoCloseable {
  /** After these nobody knows what became of a commit, for ever. */
  private static final Set<String> UNKNOWN = Set.of("40003", "57P01", "57P02", "58030", "XX000");

  /** What faults may well cause; any other code is a finding. */
  private static final Set<String> EXPECTED =
      Set.of("40001", "40P01", "40003", "53100", "57P01", "57P03", "55P03", "25006");

  private final String url;
  private final Tally tally;
  private Connection connection;
  private int isolation;

  Link(String url, Tally tally) {
    this.url = url;
    this.tally = tally;
  }

  /** False when no node answers; nothing was asked then. */
  boolean open() {
    try {
      if (connection == null || connection.isClosed()) {
        connection = DriverManager.getConnection(url, "postgres", NodeProcess.PASSWORD);
        isolation = Connection.TRANSACTION_NONE;
      }
      return true;
    } catch (SQLException failure) {
      tally.addUnreached();
      note(failure);
      return false;
    }
  }

  /** The next statements are transactions of their own. */
  Connection alone() throws SQLException {
    connection.setAutoCommit(true);
    return connection;
  }

  /**
   * The next statements are one transaction.
   *
   * @param level such as {@link Connection#TRANSACTION_SERIALIZABLE}
   */
  Connection begin(int level, boolean readOnly) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(readOnly);
    if (isolation != level) {
      connection.setTransactionIsolation(level);
      isolation = level;
    }
    return connection;
  }

  /**
   * Notes a failure, ends the transaction, and tells what became of a COMMIT, or of a statement
   * that is a transaction of its own, that got it.
   */
  Outcome failed(SQLException failure) {
    note(failure);
    Outcome outcome = outcomeOf(failure);
    if (outcome == Outcome.UNKNOWN || !rolledBack()) {
      close();
    }
    return outcome;
  }

  /** As {@link #open}, with an error. */
  void demand() throws SQLException {
    if (!open()) {
      throw new SQLException("no node answers", "08001");
    }
  }

  void count(Outcome outcome) {
    tally.add(outcome);
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException failure) {
      note(failure);
    } finally {
      connection = null;
    }
  }

  /** Whether a fault may have caused it. */
  static boolean isExpected(String state) {
    return state.startsWith("08") || EXPECTED.contains(state);
  }

  private static Outcome outcomeOf(SQLException failure) {
    String state = state(failure);
    if (state.startsWith("08") || UNKNOWN.contains(state)) {
      return Outcome.UNKNOWN;
    }
    for (ErrorCode code : ErrorCode.values()) {
      if (code.sqlState().equals(state)) {
        return Outcome.ABORTED;
      }
    }
    return Outcome.UNKNOWN;
  }

  private boolean rolledBack() {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      return true;
    } catch (SQLException failure) {
      note(failure);
      return false;
    }
  }

  private void note(SQLException failure) {
    tally.addError(state(failure), failure.getMessage());
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "none" : failure.getSQLState();
  }
}
