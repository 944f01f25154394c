// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.ListAppendChecker;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.txn.ListAppendWorkload;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Transactions that read lists and append to them; a list is a row with a text. At SERIALIZABLE
 * there may be no cycle, real time included; at REPEATABLE READ none that it forbids.
 */
final class ListWorkload implements Workload {
  private static final int LISTS_AT_A_TIME = 8;

  private final IsolationLevel level;
  private final Progress progress;
  private final String table;
  private final ListAppendWorkload lists = new ListAppendWorkload(LISTS_AT_A_TIME);

  ListWorkload(IsolationLevel level, Progress progress) {
    this.level = level;
    this.progress = progress;
    this.table = "list_" + level.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String name() {
    return "list-append " + level.name().replace('_', ' ');
  }

  @Override
  public void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + table + " (id BIGINT PRIMARY KEY, elements TEXT)");
    }
  }

  @Override
  public boolean step(Link link, long process, SeededRandom random) {
    if (!link.open()) {
      return false;
    }
    Lists transaction = new Lists(link);
    lists.runOne(transaction, process, random);
    link.count(transaction.outcome);
    return transaction.outcome == Outcome.COMMITTED;
  }

  @Override
  public void readAll(Link link, long process) throws SQLException {
    try {
      lists.readAll(new Lists(link), process);
    } catch (DistDbException failure) {
      throw new SQLException(failure);
    }
  }

  @Override
  public CheckResult check() {
    boolean serializable = level == IsolationLevel.SERIALIZABLE;
    return new ListAppendChecker(serializable).check(lists.history()).at(level);
  }

  @Override
  public void write(PrintWriter out) {
    lists.history().forEach(out::println);
  }

  /** One transaction. */
  private final class Lists implements ListAppendWorkload.Connection {
    private final Link link;
    private Outcome outcome = Outcome.ABORTED;
    private Connection connection;
    private boolean appended;

    Lists(Link link) {
      this.link = link;
    }

    @Override
    public void begin(boolean readOnly) {
      change(() -> {
        link.demand();
        connection =
            link.begin(
                level == IsolationLevel.SERIALIZABLE
                    ? Connection.TRANSACTION_SERIALIZABLE
                    : Connection.TRANSACTION_REPEATABLE_READ,
                readOnly);
        return null;
      });
    }

    @Override
    public List<Long> read(long key) {
      return change(() -> {
        try (PreparedStatement select =
            connection.prepareStatement("SELECT elements FROM " + table + " WHERE id = ?")) {
          select.setLong(1, key);
          try (ResultSet rows = select.executeQuery()) {
            return rows.next()
                ? Arrays.stream(rows.getString(1).split(",")).map(Long::valueOf).toList()
                : List.<Long>of();
          }
        }
      });
    }

    @Override
    public void append(long key, long value) {
      change(() -> {
        try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO "
                    + table
                    + " AS l VALUES (?, ?) ON CONFLICT (id) DO UPDATE"
                    + " SET elements = l.elements || ',' || excluded.elements")) {
          insert.setLong(1, key);
          insert.setString(2, Long.toString(value));
          return insert.executeUpdate();
        }
      });
      appended = true;
    }

    @Override
    public void commit() {
      try {
        connection.commit();
        outcome = Outcome.COMMITTED;
      } catch (SQLException failure) {
        outcome = link.failed(failure);
        throw new DistDbException(
            outcome == Outcome.UNKNOWN
                ? ErrorCode.COMMIT_OUTCOME_UNKNOWN
                : ErrorCode.SERIALIZATION_FAILURE,
            failure.getMessage(),
            failure);
      }
      if (appended) {
        progress.written();
      }
    }

    /** {@link Link#failed} has done it. */
    @Override
    public void rollback() {
      appended = false;
    }

    /** What fails before COMMIT was asked for has certainly not happened, whatever the error. */
    private <T> T change(Statement<T> statement) {
      try {
        return statement.run();
      } catch (SQLException failure) {
        link.failed(failure);
        throw new DistDbException(ErrorCode.SERIALIZATION_FAILURE, failure.getMessage(), failure);
      }
    }
  }

  private interface Statement<T> {
    T run() throws SQLException;
  }
}
