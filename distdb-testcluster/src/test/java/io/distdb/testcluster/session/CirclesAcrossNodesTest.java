// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.StatementResult;
import io.distdb.testcluster.simulation.SimulatedNodes;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sessions of three nodes that wait for each other, of which the first one's node leads; in
 * simulated time.
 */
final class CirclesAcrossNodesTest {
  /** PostgreSQL's deadlock_timeout. */
  private static final long DEADLOCK_NANOS = 1_000_000_000;

  private SimulatedWorld world;
  private SimulatedNodes cluster;
  private int leader;
  private final ServerSession[] sessions = new ServerSession[3];
  private final String[] answers = new String[3];

  private void play(Runnable script) {
    try (SimulatedWorld simulated = new SimulatedWorld(13)) {
      world = simulated;
      world.run(() -> SimulatedNodes.with(world, 3, started -> play(started, script)));
    }
  }

  private void play(SimulatedNodes started, Runnable script) {
    cluster = started;
    leader = IntStream.range(0, 3).filter(i -> started.node(i).leads()).findFirst().orElseThrow();
    for (int i = 0; i < 3; i++) {
      sessions[i] = cluster.session(leader + i);
    }
    ask(0, "CREATE TABLE t (id INT PRIMARY KEY, n INT)");
    ask(0, "INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)");
    script.run();
    for (ServerSession session : sessions) {
      session.close();
    }
  }

  /** The first column of the last row, nothing of a command, or the error. */
  private String ask(int session, String sql) {
    try {
      String last = "";
      if (sessions[session].execute(sql) instanceof StatementResult.Rows found) {
        try (ResultRows rows = found.rows()) {
          while (rows.next()) {
            last = rows.text(0);
          }
        }
      }
      return last;
    } catch (DistDbException failure) {
      return failure.sqlState();
    }
  }

  /** Begins to ask; the answer, if it comes within the time of a deadlock, or null. */
  private String start(int session, String sql) {
    answers[session] = null;
    cluster.scheduler(leader + session).start("asks", () -> answers[session] = ask(session, sql));
    return soon(session);
  }

  private String soon(int session) {
    long end = world.nowNanos() + DEADLOCK_NANOS;
    while (answers[session] == null && world.nowNanos() < end) {
      world.sleep(10_000_000);
    }
    return answers[session];
  }

  private static String update(int id) {
    return "UPDATE t SET n = n + 1 WHERE id = " + id;
  }

  /** Sessions {@code first} and {@code second} hold each what the other one wants. */
  private void circleOfRowAndAdvisoryLock(int first, int second) {
    ask(first, "BEGIN");
    ask(second, "BEGIN");
    ask(first, update(1));
    ask(second, "SELECT pg_advisory_xact_lock(7)");
    assertThat(start(first, "SELECT pg_advisory_xact_lock(7)")).isNull();
    assertThat(start(second, update(1))).isEqualTo("40P01");
    ask(second, "ROLLBACK");
    assertThat(soon(first)).isEmpty();
    ask(first, "COMMIT");
  }

  /** The same, closed by who wants the advisory lock. */
  private void circleOfAdvisoryLockAndRow(int first, int second) {
    ask(first, "BEGIN");
    ask(second, "BEGIN");
    ask(first, "SELECT pg_advisory_xact_lock(8)");
    ask(second, update(2));
    assertThat(start(first, update(2))).isNull();
    assertThat(start(second, "SELECT pg_advisory_xact_lock(8)")).isEqualTo("40P01");
    ask(second, "ROLLBACK");
    assertThat(soon(first)).isEmpty();
    ask(first, "COMMIT");
  }

  @Test
  void circlesThroughRowsAndAdvisoryLocksAreBrokenWhereverTheSessionsAre() {
    play(() -> {
      circleOfRowAndAdvisoryLock(1, 2);
      circleOfRowAndAdvisoryLock(0, 1);
      circleOfRowAndAdvisoryLock(2, 0);
      circleOfAdvisoryLockAndRow(1, 2);
      circleOfAdvisoryLockAndRow(0, 1);
      circleOfAdvisoryLockAndRow(2, 0);
    });
  }

  @Test
  void aCircleOfRowsOfThreeNodesIsBroken() {
    play(() -> {
      for (int i = 0; i < 3; i++) {
        ask(i, "BEGIN");
        ask(i, update(i + 1));
      }
      assertThat(start(0, update(2))).isNull();
      assertThat(start(1, update(3))).isNull();
      assertThat(start(2, update(1))).isEqualTo("40P01");
      ask(2, "ROLLBACK");
      assertThat(soon(1)).isEmpty();
      ask(1, "COMMIT");
      assertThat(soon(0)).isEmpty();
      ask(0, "COMMIT");
    });
  }

  @Test
  void whoWaitsWithoutACircleIsLeftAlone() {
    play(() -> {
      ask(1, "BEGIN");
      ask(1, update(1));
      ask(2, "SELECT pg_advisory_lock(7)");
      assertThat(start(0, "SELECT pg_advisory_lock(7)")).isNull();
      assertThat(start(2, update(1))).isNull();
      ask(1, "COMMIT");
      assertThat(soon(2)).isEmpty();
      ask(2, "SELECT pg_advisory_unlock(7)");
      assertThat(soon(0)).isEmpty();
    });
  }

  @Test
  void theNodeThatLeadsShowsWhoHoldsAndWhoWaits() {
    play(() -> {
      int holder = sessions[1].processId();
      int waiter = sessions[2].processId();
      ask(1, "BEGIN");
      ask(1, update(1));
      assertThat(start(2, update(1))).isNull();
      String locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'tuple' AND pid = ";
      assertThat(ask(0, locks + holder + " AND granted")).isEqualTo("1");
      assertThat(ask(0, locks + waiter + " AND NOT granted")).isEqualTo("1");
      assertThat(ask(0, "SELECT pg_blocking_pids(" + waiter + ")")).isEqualTo("{" + holder + "}");
      ask(1, "COMMIT");
      assertThat(soon(2)).isEmpty();
      assertThat(ask(0, "SELECT pg_blocking_pids(" + waiter + ")")).isEqualTo("{}");
      assertThat(ask(0, locks + waiter)).isEqualTo("0");
    });
  }

  @Test
  void aBlockWhoseFirstStatementWaitsReadsWhatItWaitedFor() {
    play(() -> {
      ask(0, "CREATE TABLE fresh (id INT PRIMARY KEY, n INT)");
      ask(0, "INSERT INTO fresh VALUES (1, 0)");
      ask(0, "BEGIN");
      ask(0, "UPDATE fresh SET n = 10 WHERE id = 1");
      ask(1, "BEGIN ISOLATION LEVEL REPEATABLE READ");
      assertThat(start(1, "UPDATE fresh SET n = n + 1 WHERE id = 1")).isNull();
      ask(0, "COMMIT");
      assertThat(soon(1)).isEmpty();
      ask(1, "COMMIT");
      assertThat(ask(2, "SELECT n FROM fresh")).isEqualTo("11");
    });
  }
}
