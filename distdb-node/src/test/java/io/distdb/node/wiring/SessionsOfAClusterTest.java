// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions of one node have to do with those of another. */
final class SessionsOfAClusterTest {
  private static final String[] ALL = {"a", "b", "c"};

  @TempDir private static Path directory;
  private static NodesOfACluster nodes;

  private final List<ServerSession> sessions = new ArrayList<>();

  /** Of the leader, of the two others. */
  private ServerSession leading;

  private ServerSession one;
  private ServerSession other;

  @BeforeAll
  static void begin() {
    nodes = new NodesOfACluster(directory);
    for (String id : ALL) {
      nodes.start(nodes.config(id, ALL));
    }
    for (String id : ALL) {
      nodes.awaitServing(id);
    }
  }

  @AfterAll
  static void end() {
    nodes.close();
  }

  @BeforeEach
  void open() {
    String leader = nodes.leader();
    List<String> others = List.of(ALL).stream().filter(id -> !id.equals(leader)).toList();
    leading = session(leader);
    one = session(others.get(0));
    other = session(others.get(1));
  }

  @AfterEach
  void close() {
    sessions.forEach(Session::close);
  }

  private ServerSession session(String node) {
    ServerSession session = nodes.node(node).database().newSession();
    sessions.add(session);
    return session;
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

  private static CompletableFuture<String> start(Session session, String sql) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Scheduler.threads().start("asks", () -> answer.complete(ask(session, sql)));
    return answer;
  }

  /** The next {@code count} notifications that a session gets. */
  private static CompletableFuture<List<String>> heard(ServerSession session, int count) {
    List<String> heard = new ArrayList<>();
    CompletableFuture<List<String>> all = new CompletableFuture<>();
    session.onNotification(() -> {
      synchronized (heard) {
        for (Notification each : session.takeNotifications()) {
          heard.add(each.channel() + " " + each.payload());
        }
        if (heard.size() >= count) {
          all.complete(List.copyOf(heard));
        }
      }
    });
    return all;
  }

  private static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  @Test
  void sessionsOfAllNodesHaveNumbersOfTheirOwn() {
    Set<Integer> numbers = new HashSet<>();
    sessions.forEach(session -> numbers.add(session.processId()));
    assertThat(numbers).hasSize(3);
  }

  @Test
  void whatIsNotifiedIsHeardOnEveryNodeInTheOrderOfTheCommits() throws Exception {
    CompletableFuture<List<String>> first = heard(leading, 5);
    CompletableFuture<List<String>> second = heard(one, 5);
    CompletableFuture<List<String>> third = heard(other, 5);
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
    assertThat(soon(first)).isEqualTo(expected);
    assertThat(soon(second)).isEqualTo(expected);
    assertThat(soon(third)).isEqualTo(expected);
  }

  @Test
  void whoListensInTheTransactionThatNotifiesHearsIt() throws Exception {
    CompletableFuture<List<String>> mine = heard(one, 1);
    one.execute("BEGIN");
    one.execute("LISTEN self");
    one.execute("NOTIFY self, 'me'");
    one.execute("COMMIT");
    assertThat(soon(mine)).containsExactly("self me");
  }

  @Test
  void aStatementIsCancelledFromAnotherNode() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<String> sleeping =
        start(one, "SELECT pg_sleep(600)").whenComplete((answer, none) -> ended.countDown());
    String cancel = "SELECT pg_cancel_backend(" + one.processId() + ")";
    do {
      assertThat(ask(other, cancel)).isEqualTo("t");
    } while (!ended.await(20, TimeUnit.MILLISECONDS));
    assertThat(soon(sleeping)).isEqualTo("57014");
    assertThat(ask(one, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aSessionIsEndedFromAnotherNode() {
    assertThat(ask(one, "SELECT pg_terminate_backend(" + other.processId() + ")")).isEqualTo("t");
    assertThat(ask(other, "SELECT 1")).isEqualTo("57P01");
    int nobody = other.processId() + 1000;
    assertThat(ask(one, "SELECT pg_terminate_backend(" + nobody + ")")).isEqualTo("f");
    assertThat(ask(one, "SELECT pg_cancel_backend(" + (2047 << 20 | 1) + ")")).isEqualTo("f");
  }

  @Test
  void rightsAreAskedForOnTheOtherNodeToo() {
    ask(leading, "CREATE ROLE nosy LOGIN");
    one.execute("SET ROLE nosy");
    String end = "SELECT pg_terminate_backend(" + other.processId() + ")";
    assertThat(ask(one, end)).isEqualTo("42501");
    assertThat(ask(other, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void anAdvisoryLockKeepsAllOtherNodesOut() throws Exception {
    assertThat(ask(one, "SELECT pg_advisory_lock(1)")).isEmpty();
    assertThat(ask(one, "SELECT pg_try_advisory_lock(1)")).isEqualTo("t");
    for (ServerSession session : List.of(leading, other)) {
      assertThat(ask(session, "SELECT pg_try_advisory_lock(1)")).isEqualTo("f");
      assertThat(ask(session, "SELECT pg_try_advisory_lock_shared(1)")).isEqualTo("f");
    }
    CompletableFuture<String> waits = start(leading, "SELECT pg_advisory_xact_lock(1)");
    assertThat(ask(one, "SELECT pg_advisory_unlock(1)")).isEqualTo("t");
    assertThat(ask(one, "SELECT pg_advisory_unlock(1)")).isEqualTo("t");
    assertThat(soon(waits)).isEmpty();
    assertThat(ask(other, "SELECT pg_advisory_lock(1)")).isEmpty();
    CompletableFuture<String> closed = start(one, "SELECT pg_advisory_lock(1)");
    other.close();
    assertThat(soon(closed)).isEmpty();
  }

  @Test
  void aWaitForAnAdvisoryLockTimesOut() {
    assertThat(ask(leading, "SELECT pg_advisory_lock(2)")).isEmpty();
    one.execute("SET lock_timeout = '50ms'");
    assertThat(ask(one, "SELECT pg_advisory_lock(2)")).isEqualTo("55P03");
    assertThat(ask(leading, "SELECT pg_advisory_unlock(2)")).isEqualTo("t");
    assertThat(ask(one, "SELECT pg_advisory_lock(2)")).isEmpty();
  }

  @Test
  void aDeadlockOfAdvisoryLocksIsFoundAcrossNodes() throws Exception {
    assertThat(ask(one, "SELECT pg_advisory_lock(3)")).isEmpty();
    assertThat(ask(other, "SELECT pg_advisory_lock(4)")).isEmpty();
    CompletableFuture<String> first = start(one, "SELECT pg_advisory_lock(4)");
    CompletableFuture<String> second = start(other, "SELECT pg_advisory_lock(3)");
    CompletableFuture<Object> refused = CompletableFuture.anyOf(first, second);
    assertThat(soon(refused)).isEqualTo("40P01");
    ServerSession loser = first.isDone() && first.join().equals("40P01") ? one : other;
    loser.close();
    assertThat(soon(loser == one ? second : first)).isEmpty();
  }

  @Test
  void numbersOfASequenceAreGivenOutOnce() {
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
  }

  @Test
  void temporaryTablesAreTheSessionsOwn() {
    for (ServerSession session : sessions) {
      session.execute("CREATE TEMPORARY TABLE mine (n BIGINT)");
      session.execute("INSERT INTO mine VALUES (" + session.processId() + ")");
    }
    for (ServerSession session : sessions) {
      assertThat(ask(session, "SELECT n FROM mine")).isEqualTo("" + session.processId());
    }
  }

  @Test
  void aDatabaseInUseOnAnotherNodeIsNotDropped() {
    one.execute("CREATE DATABASE shop");
    String id =
        "abc".chars().mapToObj(c -> "" + (char) c).filter(this::isOfOther).findFirst().get();
    try (Session inside = nodes.node(id).databases().database("shop").newSession()) {
      inside.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      assertThat(ask(one, "DROP DATABASE shop")).isEqualTo("55006");
      assertThat(ask(inside, "SELECT count(*) FROM t")).isEqualTo("0");
    }
    assertThat(ask(one, "DROP DATABASE shop")).isEmpty();
    assertThat(ask(leading, "CREATE DATABASE shop")).isEmpty();
    try (Session inside = nodes.node(id).databases().database("shop").newSession()) {
      assertThat(ask(inside, "SELECT count(*) FROM t")).isEqualTo("42P01");
    }
    assertThat(ask(one, "DROP DATABASE shop")).isEmpty();
  }

  private boolean isOfOther(String id) {
    try (ServerSession probe = nodes.node(id).database().newSession()) {
      return probe.processId() >>> 20 == other.processId() >>> 20;
    }
  }

  @Test
  void aTokenIsKnownOnEveryNode() {
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
  }
}
