// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.checker.SetChecker;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Rows are inserted, each a transaction of its own: none may be lost, and none be there twice. */
final class SetWorkload implements Workload {
  private final Progress progress;
  private final AtomicLong nextValue = new AtomicLong();
  private final Queue<SetChecker.Add> adds = new ConcurrentLinkedQueue<>();
  private final Queue<SetChecker.Read> reads = new ConcurrentLinkedQueue<>();

  SetWorkload(Progress progress) {
    this.progress = progress;
  }

  @Override
  public String name() {
    return "set";
  }

  /** Without a unique key, so that what is applied twice shows. */
  @Override
  public void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE element (value BIGINT NOT NULL)");
    }
  }

  @Override
  public boolean step(Link link, long process, SeededRandom random) {
    if (!link.open()) {
      return false;
    }
    long value = nextValue.getAndIncrement();
    long begun = System.nanoTime();
    Outcome outcome = Outcome.COMMITTED;
    try {
      try (PreparedStatement insert =
          link.alone().prepareStatement("INSERT INTO element VALUES (?)")) {
        insert.setLong(1, value);
        insert.executeUpdate();
      }
      progress.written();
    } catch (SQLException failure) {
      outcome = link.failed(failure);
    }
    adds.add(new SetChecker.Add(value, outcome, begun, System.nanoTime()));
    link.count(outcome);
    return outcome == Outcome.COMMITTED;
  }

  @Override
  public void readAll(Link link, long process) throws SQLException {
    long begun = System.nanoTime();
    link.demand();
    List<Long> values = new ArrayList<>();
    try (var statement = link.alone().createStatement();
        ResultSet rows = statement.executeQuery("SELECT value FROM element")) {
      while (rows.next()) {
        values.add(rows.getLong(1));
      }
    }
    reads.add(new SetChecker.Read(values, begun, System.nanoTime()));
  }

  @Override
  public CheckResult check() {
    return new SetChecker().check(List.copyOf(adds), List.copyOf(reads));
  }

  @Override
  public void write(PrintWriter out) {
    adds.forEach(out::println);
    reads.forEach(out::println);
  }
}
