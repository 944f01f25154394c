// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.Databases;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.testcluster.simulation.SimulatedNodes;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What sessions of one node have to do with those of another, on three simulated nodes. */
final class SessionsOfAClusterTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private SimulatedWorld world;
  private SimulatedNodes cluster;
  private int leader;

  /** Of the leader, of the two others. */
  private ServerSession leading;

  private ServerSession one;
  private ServerSession other;
  private List<ServerSession> sessions;

  /** An answer that may still come. */
  private static final class Answer {
    private String text;
  }

  private void play(Runnable script) {
    try (SimulatedWorld simulated = new SimulatedWorld(7)) {
      world = simulated;
      world.run(() -> SimulatedNodes.with(world, 3, started -> play(started, script)));
    }
  }

  private void play(SimulatedNodes started, Runnable script) {
    cluster = started;
    leader = IntStream.range(0, 3).filter(i -> started.node(i).leads()).findFirst().orElseThrow();
    leading = cluster.session(leader);
    one = cluster.session(leader + 1);
    other = cluster.session(leader + 2);
    sessions = List.of(leading, one, other);
    script.run();
    sessions.forEach(Session::close);
  }

  /** The first column of the last row; nothing of a command; or the error. */
  private static String ask(Session session, String sql) {
    try {
      String last = "";
      if (session.execute(sql) instanceof StatementResult.Rows found) {
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

  /** Asks in a thread of the session's own, and lets it come to where it waits. */
  private Answer start(ServerSession session, String sql) {
    Answer answer = new Answer();
    int node = session == leading ? leader : session == one ? leader + 1 : leader + 2;
    cluster.scheduler(node).start("asks", () -> answer.text = ask(session, sql));
    world.sleep(500_000_000);
    return answer;
  }

  private String soon(Answer answer) {
    for (long waited = 0; answer.text == null && waited < PATIENCE_NANOS; waited += 10_000_000) {
      world.sleep(10_000_000);
    }
    return answer.text;
  }

  /** What the session has been told, after a while. */
  private List<String> heard(ServerSession session) {
    world.sleep(1_000_000_000);
    List<String> heard = new ArrayList<>();
    for (Notification each : session.takeNotifications()) {
      heard.add(each.channel() + " " + each.payload());
    }
    return heard;
  }

  @Test
  void sessionsOfAllNodesHaveNumbersOfTheirOwn() {
    play(() -> {
      Set<Integer> numbers = new HashSet<>();
      sessions.forEach(session -> numbers.add(session.processId()));
      assertThat(numbers).hasSize(3);
    });
  }

  @Test
  void whatIsNotifiedIsHeardOnEveryNodeInTheOrderOfTheCommits() {
    play(() -> {
      sessions.forEach(session -> session.execute("LISTEN news"));
      one.execute("BEGIN");
      one.execute("NOTIFY news, '1'");
      one.execute("NOTIFY news, '2'");
      one.execute("NOTIFY other, 'unheard'");
      assertThat(ask(other, "SELECT pg_notify('news', '0')")).isEmpty();
      one.execute("COMMIT");
      other.execute("BEGIN");
      other.execute("NOTIFY news, 'never'");
      other.execute("ROLLBACK");
      leading.execute("NOTIFY news, '3'");
      one.execute("BEGIN READ ONLY");
      one.execute("NOTIFY news, '4'");
      one.execute("COMMIT");
      List<String> expected = List.of("news 0", "news 1", "news 2", "news 3", "news 4");
      for (ServerSession session : sessions) {
        assertThat(heard(session)).isEqualTo(expected);
      }
    });
  }

  @Test
  void whoListensInTheTransactionThatNotifiesHearsIt() {
    play(() -> {
      one.execute("BEGIN");
      one.execute("LISTEN self");
      one.execute("NOTIFY self, 'me'");
      one.execute("COMMIT");
      assertThat(heard(one)).containsExactly("self me");
    });
  }

  @Test
  void aStatementIsCancelledFromAnotherNode() {
    play(() -> {
      Answer sleeping = start(one, "SELECT pg_sleep(600)");
      assertThat(ask(other, "SELECT pg_cancel_backend(" + one.processId() + ")")).isEqualTo("t");
      assertThat(soon(sleeping)).isEqualTo("57014");
      assertThat(ask(one, "SELECT 1")).isEqualTo("1");
    });
  }

  @Test
  void aSessionIsEndedFromAnotherNode() {
    play(() -> {
      assertThat(ask(one, "SELECT pg_terminate_backend(" + other.processId() + ")")).isEqualTo("t");
      assertThat(ask(other, "SELECT 1")).isEqualTo("57P01");
      int nobody = other.processId() + 1000;
      assertThat(ask(one, "SELECT pg_terminate_backend(" + nobody + ")")).isEqualTo("f");
      assertThat(ask(one, "SELECT pg_cancel_backend(" + (2047 << 20 | 1) + ")")).isEqualTo("f");
    });
  }

  @Test
  void rightsAreAskedForOnTheOtherNodeToo() {
    play(() -> {
      ask(leading, "CREATE ROLE nosy LOGIN");
      one.execute("SET ROLE nosy");
      String end = "SELECT pg_terminate_backend(" + other.processId() + ")";
      assertThat(ask(one, end)).isEqualTo("42501");
      assertThat(ask(other, "SELECT 1")).isEqualTo("1");
    });
  }

  @Test
  void anAdvisoryLockKeepsAllOtherNodesOut() {
    play(() -> {
      assertThat(ask(one, "SELECT pg_advisory_lock(1)")).isEmpty();
      assertThat(ask(one, "SELECT pg_try_advisory_lock(1)")).isEqualTo("t");
      for (ServerSession session : List.of(leading, other)) {
        assertThat(ask(session, "SELECT pg_try_advisory_lock(1)")).isEqualTo("f");
        assertThat(ask(session, "SELECT pg_try_advisory_lock_shared(1)")).isEqualTo("f");
      }
      Answer waits = start(leading, "SELECT pg_advisory_xact_lock(1)");
      assertThat(ask(one, "SELECT pg_advisory_unlock(1)")).isEqualTo("t");
      assertThat(ask(one, "SELECT pg_advisory_unlock(1)")).isEqualTo("t");
      assertThat(soon(waits)).isEmpty();
      assertThat(ask(other, "SELECT pg_advisory_lock(1)")).isEmpty();
      Answer closed = start(one, "SELECT pg_advisory_lock(1)");
      other.close();
      assertThat(soon(closed)).isEmpty();
    });
  }

  @Test
  void aWaitForAnAdvisoryLockTimesOut() {
    play(() -> {
      assertThat(ask(leading, "SELECT pg_advisory_lock(2)")).isEmpty();
      one.execute("SET lock_timeout = '50ms'");
      assertThat(ask(one, "SELECT pg_advisory_lock(2)")).isEqualTo("55P03");
      assertThat(ask(leading, "SELECT pg_advisory_unlock(2)")).isEqualTo("t");
      assertThat(ask(one, "SELECT pg_advisory_lock(2)")).isEmpty();
    });
  }

  @Test
  void aDeadlockOfAdvisoryLocksIsFoundAcrossNodes() {
    play(() -> {
      assertThat(ask(one, "SELECT pg_advisory_lock(3)")).isEmpty();
      assertThat(ask(other, "SELECT pg_advisory_lock(4)")).isEmpty();
      Answer first = start(one, "SELECT pg_advisory_lock(4)");
      Answer second = start(other, "SELECT pg_advisory_lock(3)");
      assertThat(soon(second)).isEqualTo("40P01");
      other.close();
      assertThat(soon(first)).isEmpty();
    });
  }

  @Test
  void numbersOfASequenceAreGivenOutOnce() {
    play(() -> {
      leading.execute("CREATE SEQUENCE s");
      Set<String> numbers = new HashSet<>();
      for (int i = 0; i < 300; i++) {
        numbers.add(ask(sessions.get(i % 3), "SELECT nextval('s')"));
      }
      assertThat(numbers).hasSize(300);
      ask(one, "SELECT setval('s', 1000000)");
      for (ServerSession session : sessions) {
        assertThat(Long.parseLong(ask(session, "SELECT nextval('s')"))).isGreaterThan(1_000_000);
      }
    });
  }

  @Test
  void temporaryTablesAreTheSessionsOwn() {
    play(() -> {
      for (ServerSession session : sessions) {
        session.execute("CREATE TEMPORARY TABLE mine (n BIGINT)");
        session.execute("INSERT INTO mine VALUES (" + session.processId() + ")");
      }
      for (ServerSession session : sessions) {
        assertThat(ask(session, "SELECT n FROM mine")).isEqualTo("" + session.processId());
      }
    });
  }

  @Test
  void aDatabaseInUseOnAnotherNodeIsNotDropped() {
    play(() -> {
      one.execute("CREATE DATABASE shop");
      try (Session inside = cluster.node(leader + 2).databases().database("shop").newSession()) {
        inside.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
        assertThat(ask(one, "DROP DATABASE shop")).isEqualTo("55006");
        assertThat(ask(inside, "SELECT count(*) FROM t")).isEqualTo("0");
      }
      assertThat(ask(one, "DROP DATABASE shop")).isEmpty();
      assertThat(ask(leading, "CREATE DATABASE shop")).isEmpty();
      try (Session inside = cluster.node(leader + 2).databases().database("shop").newSession()) {
        assertThat(ask(inside, "SELECT count(*) FROM t")).isEqualTo("42P01");
      }
      assertThat(ask(one, "DROP DATABASE shop")).isEmpty();
    });
  }

  @Test
  void aTokenIsKnownOnEveryNode() {
    play(() -> {
      String token = "b1b0c5c4-0000-4000-8000-00000000000";
      one.execute("CREATE TABLE paid (id BIGINT PRIMARY KEY)");
      one.execute("BEGIN");
      one.execute("SET LOCAL distdb.commit_token = '" + token + "1'");
      one.execute("INSERT INTO paid VALUES (1)");
      one.execute("COMMIT");
      for (ServerSession session : sessions) {
        assertThat(ask(session, "SELECT distdb.commit_status('" + token + "1')"))
            .isEqualTo("committed");
      }
      assertThat(ask(other, "SELECT distdb.commit_status('" + token + "2')")).isEqualTo("aborted");
      leading.execute("BEGIN");
      leading.execute("SET LOCAL distdb.commit_token = '" + token + "2'");
      leading.execute("INSERT INTO paid VALUES (2)");
      assertThat(ask(leading, "COMMIT")).isEqualTo("40001");
      assertThat(ask(one, "SELECT count(*) FROM paid")).isEqualTo("1");
    });
  }

  @Test
  void advisoryLocksAreLostWithTheNodeThatKeptThem() {
    play(() -> {
      assertThat(ask(one, "SELECT pg_advisory_lock(5)")).isEmpty();
      one.execute("BEGIN");
      cluster.kill(leader);
      sessions = List.of(one, other);
      world.sleep(5_000_000_000L);
      assertThat(ask(one, "SELECT 1")).isEqualTo("55000");
      one.execute("ROLLBACK");
      assertThat(ask(other, "SELECT pg_try_advisory_lock(5)")).isEqualTo("t");
      assertThat(ask(one, "SELECT pg_try_advisory_lock(5)")).isEqualTo("f");
      other.close();
      assertThat(ask(one, "SELECT pg_advisory_lock(5)")).isEmpty();
    });
  }

  @Test
  void advisoryLocksOfANodeThatIsGoneAreGivenBack() {
    play(() -> {
      assertThat(ask(other, "SELECT pg_advisory_lock(6)")).isEmpty();
      Answer waits = start(one, "SELECT pg_advisory_lock(6)");
      assertThat(waits.text).isNull();
      cluster.kill(leader + 2);
      sessions = List.of(leading, one);
      assertThat(soon(waits)).isEmpty();
    });
  }

  /** Who wants no more than what its node has needs nobody else, from its first word on. */
  @Test
  void aNodeThatNobodyLeadsLetsInWhoReadsWhatItHas() {
    play(() -> {
      one.execute("CREATE DATABASE shop");
      Databases left = cluster.node(leader + 1).databases();
      Map<String, String> stale = Map.of("transaction_read_mode", "bounded_staleness");
      one.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      one.execute("INSERT INTO t VALUES (1)");
      world.sleep(5_000_000_000L);
      cluster.kill(leader);
      cluster.kill(leader + 2);
      sessions = List.of(one);
      assertThatThrownBy(() -> left.trusted("postgres", "postgres"))
          .isInstanceOfSatisfying(
              DistDbException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW));
      assertThatThrownBy(() -> left.entrance(stale).trusted("nowhere", "postgres"))
          .hasMessage("database \"nowhere\" does not exist");
      try (ServerSession inside = left.entrance(stale).trusted("postgres", "postgres");
          ServerSession shop = left.entrance(stale).trusted("shop", "postgres")) {
        inside.start(stale);
        shop.start(stale);
        assertThat(ask(inside, "SELECT count(*) FROM t")).isEqualTo("1");
        assertThat(ask(shop, "SELECT count(*) FROM pg_class WHERE relname = 't'")).isEqualTo("0");
        assertThat(ask(inside, "INSERT INTO t VALUES (2)")).isEqualTo("57P03");
      }
    });
  }
}
