// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.BankChecker;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.Outcome;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Transfers between accounts at SERIALIZABLE and REPEATABLE READ, by balances that the client
 * computes; audits of all accounts, in two statements of one transaction. No audit may see another
 * total or a negative balance.
 */
final class BankWorkload implements Workload {
  private static final int ACCOUNTS = 10;
  private static final long BALANCE = 100;

  private final Progress progress;
  private final Queue<BankChecker.Snapshot> audits = new ConcurrentLinkedQueue<>();

  BankWorkload(Progress progress) {
    this.progress = progress;
  }

  @Override
  public String name() {
    return "bank";
  }

  @Override
  public void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
      statement.execute(
          "INSERT INTO account SELECT g, "
              + BALANCE
              + " FROM generate_series(1, "
              + ACCOUNTS
              + ") AS s (g)");
    }
  }

  @Override
  public boolean step(Link link, long process, SeededRandom random) {
    boolean audit = random.chance(0.25);
    boolean serializable = random.chance(0.5);
    long from = 1 + random.below(ACCOUNTS);
    long to = 1 + (from + random.below(ACCOUNTS - 1)) % ACCOUNTS;
    long amount = random.between(1, 20);
    if (!link.open()) {
      return false;
    }
    Outcome outcome = Outcome.ABORTED;
    boolean committing = false;
    try {
      Connection connection = begin(link, serializable, audit);
      Map<Long, Long> seen = audit ? balances(connection) : Map.of();
      boolean moved = !audit && transfer(connection, from, to, amount);
      committing = true;
      connection.commit();
      outcome = Outcome.COMMITTED;
      if (audit) {
        audits.add(new BankChecker.Snapshot(process + "@" + System.nanoTime(), seen));
      } else if (moved) {
        progress.written();
      }
    } catch (SQLException failure) {
      Outcome told = link.failed(failure);
      outcome = committing ? told : Outcome.ABORTED;
    }
    link.count(outcome);
    return outcome == Outcome.COMMITTED;
  }

  private static Connection begin(Link link, boolean serializable, boolean readOnly)
      throws SQLException {
    return link.begin(
        serializable ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ,
        readOnly && serializable);
  }

  private static boolean transfer(Connection connection, long from, long to, long amount)
      throws SQLException {
    long balance = balance(connection, from);
    if (balance < amount) {
      return false;
    }
    set(connection, from, balance - amount);
    set(connection, to, balance(connection, to) + amount);
    return true;
  }

  private static Map<Long, Long> balances(Connection connection) throws SQLException {
    Map<Long, Long> seen = new TreeMap<>();
    for (String half : List.of("id % 2 = 0", "id % 2 = 1")) {
      try (var statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT id, balance FROM account WHERE " + half)) {
        while (rows.next()) {
          seen.put(rows.getLong(1), rows.getLong(2));
        }
      }
    }
    return seen;
  }

  private static long balance(Connection connection, long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT balance FROM account WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static void set(Connection connection, long id, long balance) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE account SET balance = ? WHERE id = ?")) {
      update.setLong(1, balance);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  @Override
  public void readAll(Link link, long process) throws SQLException {
    link.demand();
    Connection connection = begin(link, true, true);
    Map<Long, Long> seen = balances(connection);
    connection.commit();
    audits.add(new BankChecker.Snapshot("the last of " + process, seen));
  }

  @Override
  public CheckResult check() {
    return new BankChecker(ACCOUNTS * BALANCE, false).check(List.copyOf(audits));
  }

  @Override
  public void write(PrintWriter out) {
    audits.forEach(out::println);
  }
}
