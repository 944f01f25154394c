// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Who is a member, through the functions of SQL; each is asked again until it is so. */
final class Members {
  private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final String ALL = "SELECT count(*) FROM distdb.cluster_members";

  private final Cluster cluster;
  private final Say say;

  Members(Cluster cluster, Say say) {
    this.cluster = cluster;
    this.say = say;
  }

  /** Whether every node came to vote. */
  boolean awaitAllVote() {
    return await(ALL + " WHERE state = 'voter'", cluster.size());
  }

  /** Returns when {@code node} is no member. */
  void remove(NodeProcess node) {
    change("SELECT distdb.cluster_remove('" + node.id() + "')", "42704");
    if (!await(ALL + " WHERE node = '" + node.id() + "'", 0)) {
      throw new IllegalStateException(node.id() + " was not removed in time");
    }
  }

  /** Returns when {@code node} may come in. */
  void add(NodeProcess node) {
    change("SELECT distdb.cluster_add('" + node.id() + "', '" + node.address() + "')", "42710");
  }

  /**
   * @param doneState the error that says that it was done, by an attempt whose answer was lost
   */
  private void change(String sql, String doneState) {
    long end = System.nanoTime() + NANOS_MAX;
    while (System.nanoTime() < end) {
      try {
        text(sql);
        return;
      } catch (SQLException failure) {
        if (doneState.equals(failure.getSQLState())) {
          return;
        }
        say.line("  %s: %s", sql, failure.getMessage());
      }
      pause();
    }
    throw new IllegalStateException(sql + " did not come true within a minute");
  }

  private boolean await(String sql, long wanted) {
    long end = System.nanoTime() + NANOS_MAX / 2;
    while (System.nanoTime() < end) {
      try {
        if (number(sql) == wanted) {
          return true;
        }
      } catch (SQLException notYet) {
        say.line("  %s: %s", sql, notYet.getMessage());
      }
      pause();
    }
    return false;
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(cluster.urlOfAny(), "postgres", NodeProcess.PASSWORD);
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }
}
