// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.distdb.node.config.Config;
import io.distdb.node.pgwire.WireClient.Message;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Time-outs as a client meets them. Nobody sleeps: a client that says nothing waits for what the
 * server has to say.
 */
class TimeoutsTest {
  private static ServedNode node;

  @BeforeAll
  static void start() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void table() throws IOException {
    try (WireClient client = WireClient.in(node.sqlAddress())) {
      ask(client, "DROP TABLE IF EXISTS t; CREATE TABLE t (id int PRIMARY KEY, n int)");
      ask(client, "INSERT INTO t VALUES (1, 0)");
    }
  }

  private static List<Message> ask(WireClient client, String sql) throws IOException {
    client.query(sql);
    return client.untilReady();
  }

  /** What the first error says, and the state after it. */
  private static String failure(WireClient client, String sql) throws IOException {
    return failure(ask(client, sql));
  }

  private static String failure(List<Message> answers) {
    String error =
        answers.stream()
            .filter(answer -> answer.type() == 'E')
            .map(answer -> answer.field('C') + " " + answer.field('M'))
            .findFirst()
            .orElse("no error");
    return error + " " + answers.getLast().text();
  }

  private static void assertEnded(WireClient client, String sqlState, String message)
      throws IOException {
    Message last = client.read();
    assertThat(last.field('S')).isEqualTo("FATAL");
    assertThat(last.field('C')).isEqualTo(sqlState);
    assertThat(last.field('M')).isEqualTo(message);
    assertThat(client.isAtEnd()).isTrue();
  }

  // --- sessions that say nothing ---

  @Test
  void idleTransactionEndsAndLetsGo() throws IOException {
    try (WireClient idle = WireClient.in(node.sqlAddress());
        WireClient other = WireClient.in(node.sqlAddress())) {
      ask(idle, "SET idle_in_transaction_session_timeout = '20ms'");
      ask(idle, "BEGIN; UPDATE t SET n = 1");
      assertEnded(idle, "25P03", "terminating connection due to idle-in-transaction timeout");
      assertThat(failure(other, "SET lock_timeout = '50s'; UPDATE t SET n = n + 10"))
          .isEqualTo("no error I");
      assertThat(ask(other, "SELECT n FROM t").get(1).text()).endsWith("10");
    }
  }

  @Test
  void idleTransactionThatHasFailedEndsToo() throws IOException {
    try (WireClient idle = WireClient.in(node.sqlAddress())) {
      ask(idle, "SET idle_in_transaction_session_timeout = '20ms'");
      // Together: a client that took its time in between would be too late.
      assertThat(failure(idle, "BEGIN; SELECT nothing"))
          .isEqualTo("42703 column \"nothing\" does not exist E");
      assertEnded(idle, "25P03", "terminating connection due to idle-in-transaction timeout");
    }
  }

  @Test
  void extendedQueriesAreTimedLikeSimpleOnes() throws IOException {
    try (WireClient idle = WireClient.in(node.sqlAddress())) {
      ask(idle, "SET idle_in_transaction_session_timeout = '20ms'");
      idle.atOnce(() -> {
        idle.parse("", "BEGIN");
        idle.bind("", "");
        idle.execute("", 0);
        idle.send('S');
      });
      assertThat(idle.types()).isEqualTo("12CZ");
      assertEnded(idle, "25P03", "terminating connection due to idle-in-transaction timeout");
    }
  }

  @Test
  void idleSessionEnds() throws IOException {
    try (WireClient idle = WireClient.in(node.sqlAddress())) {
      ask(idle, "SET idle_session_timeout = '20ms'");
      assertEnded(idle, "57P05", "terminating connection due to idle-session timeout");
    }
  }

  /** Each has a time-out of its own, and the other one of a second that would show. */
  @Test
  void idleSessionIsNoIdleTransaction() throws IOException {
    try (WireClient idle = WireClient.in(node.sqlAddress())) {
      ask(
          idle,
          "SET idle_in_transaction_session_timeout = '1ms'; SET idle_session_timeout = '60ms'");
      assertEnded(idle, "57P05", "terminating connection due to idle-session timeout");
    }
    try (WireClient idle = WireClient.in(node.sqlAddress())) {
      ask(idle, "BEGIN; SET idle_session_timeout = '1ms'");
      ask(idle, "SET idle_in_transaction_session_timeout = '60ms'");
      assertEnded(idle, "25P03", "terminating connection due to idle-in-transaction timeout");
    }
  }

  /** A statement that runs is not idle, however long. */
  @Test
  void whatRunsIsNotIdle() throws IOException {
    try (WireClient busy = WireClient.in(node.sqlAddress())) {
      ask(busy, "BEGIN");
      ask(
          busy,
          "SET idle_in_transaction_session_timeout = '20ms'; SELECT pg_sleep(0.06);"
              + " SET idle_in_transaction_session_timeout = 0");
      assertThat(failure(busy, "SELECT 1")).isEqualTo("no error T");
    }
  }

  // --- statements that take too long ---

  @Test
  void statementTimeoutEndsTheStatementAlone() throws IOException {
    try (WireClient client = WireClient.in(node.sqlAddress())) {
      // Set within what fails, it is not set any more: a slow machine may take long for the next.
      assertThat(failure(client, "SET statement_timeout = '200ms'; SELECT pg_sleep(600)"))
          .isEqualTo("57014 canceling statement due to statement timeout I");
      assertThat(ask(client, "SHOW statement_timeout").get(1).text()).endsWith("0");
      assertThat(failure(client, "SELECT 1")).isEqualTo("no error I");
      ask(client, "BEGIN; SET LOCAL statement_timeout = '200ms'");
      assertThat(failure(client, "SELECT count(*) FROM generate_series(1, 1000000000000)"))
          .isEqualTo("57014 canceling statement due to statement timeout E");
      assertThat(failure(client, "ROLLBACK")).isEqualTo("no error I");
      ask(client, "SET statement_timeout = '200ms'");
      client.parse("", "SELECT pg_sleep(600)");
      client.bind("", "");
      client.execute("", 0);
      client.send('S');
      assertThat(failure(client.untilReady()))
          .isEqualTo("57014 canceling statement due to statement timeout I");
    }
  }

  @Test
  void lockTimeoutEndsWaitsForRowsAndTables() throws IOException {
    try (WireClient holder = WireClient.in(node.sqlAddress());
        WireClient waiter = WireClient.in(node.sqlAddress())) {
      ask(holder, "BEGIN; UPDATE t SET n = 1");
      ask(waiter, "SET lock_timeout = '10ms'");
      assertThat(failure(waiter, "UPDATE t SET n = 2"))
          .isEqualTo("55P03 canceling statement due to lock timeout I");
      assertThat(failure(waiter, "BEGIN; LOCK TABLE t"))
          .isEqualTo("55P03 canceling statement due to lock timeout E");
      ask(waiter, "ROLLBACK");
      ask(holder, "COMMIT");
      assertThat(failure(waiter, "UPDATE t SET n = 3")).isEqualTo("no error I");
    }
  }

  /** The shorter of the two ends it, in its own words. */
  @Test
  void statementTimeoutEndsAWaitForALockToo() throws IOException {
    try (WireClient holder = WireClient.in(node.sqlAddress());
        WireClient waiter = WireClient.in(node.sqlAddress())) {
      ask(holder, "BEGIN; UPDATE t SET n = 1");
      ask(waiter, "SET lock_timeout = '1h'; SET statement_timeout = '200ms'");
      assertThat(failure(waiter, "UPDATE t SET n = 2"))
          .isEqualTo("57014 canceling statement due to statement timeout I");
    }
  }

  // --- the log of slow statements ---

  private static List<String> logged(String... statements) throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger("io.distdb.slow");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Level before = log.getLevel();
    log.setLevel(Level.INFO);
    log.addAppender(lines);
    try (WireClient client = WireClient.in(node.sqlAddress())) {
      for (String statement : statements) {
        ask(client, statement);
      }
    } finally {
      log.detachAppender(lines);
      log.setLevel(before);
    }
    return lines.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .map(line -> line.replaceFirst("duration: \\d+\\.\\d{3} ms", "duration: N ms"))
        .toList();
  }

  @Test
  void slowStatementsAreLogged() throws IOException {
    String who =
        "duration: N ms  database: postgres  user: postgres  application: shop  statement: ";
    assertThat(
            logged(
                "SET application_name = 'shop'",
                "SET log_min_duration_statement = '1h'",
                "SELECT 'quick'",
                "SET log_min_duration_statement = 0",
                "SELECT n\nFROM t",
                "CREATE ROLE secretive PASSWORD 'secret'",
                "SELECT nothing",
                "SET log_min_duration_statement = -1",
                "SELECT 'not logged'",
                "DROP ROLE secretive"))
        .contains(who + "SELECT n\\nFROM t")
        .anyMatch(line -> line.startsWith(who + "CREATE ROLE secretive"))
        .noneMatch(line -> line.contains("'secret'") || line.contains("quick"))
        .noneMatch(line -> line.contains("not logged"));
  }
}
