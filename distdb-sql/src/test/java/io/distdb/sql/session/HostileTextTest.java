// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.parse.StatementScanner;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Text that was made to break a session, after statements that went before in it. */
class HostileTextTest {
  private final Session session =
      Database.open(
              new FakeTransactionManager(),
              Scheduler.threads(),
              Clock.system(),
              DatabaseOptions.DEFAULT)
          .newSession();

  private String first(String sql) {
    if (session.execute(sql) instanceof StatementResult.Rows found) {
      try (ResultRows rows = found.rows()) {
        assertThat(rows.next()).isTrue();
        return rows.get(0).toString();
      }
    }
    throw new AssertionError("no rows: " + sql);
  }

  private String refusal(String sql) {
    return catchThrowableOfType(DistDbException.class, () -> session.execute(sql)).sqlState();
  }

  /** It was answered with the literal that the statement before had at the same place. */
  @Test
  void textTooLongForTheScannerKeepsItsOwnLiterals() {
    String comment = " -- " + "x".repeat(StatementScanner.LENGTH_MAX);
    assertThat(first("SELECT 1")).isEqualTo(first("SELECT 1" + comment));
    assertThat(first("SELECT 2" + comment)).isEqualTo(first("SELECT 2"));
    assertThat(first("SELECT 3 + 4")).isEqualTo(first("SELECT 7"));
    assertThat(first("SELECT  5" + comment)).isEqualTo(first("SELECT 5"));
  }

  @Test
  void longTextWithParametersNeedsValues() {
    String comment = " -- " + "x".repeat(StatementScanner.LENGTH_MAX);
    assertThat(refusal("SELECT $1::bigint")).isEqualTo(refusal("SELECT $1::bigint" + comment));
    assertThat(first("SELECT 1")).isNotEmpty();
    assertThat(refusal("SELECT $1::bigint" + comment)).isEqualTo("22023");
  }

  @Test
  void explainOfExplainIsRefusedHoweverOften() {
    assertThat(refusal("EXPLAIN EXPLAIN SELECT 1")).isEqualTo("42601");
    assertThat(refusal("EXPLAIN ".repeat(100_000) + "SELECT 1")).isEqualTo("42601");
    assertThat(refusal("EXPLAIN (VERBOSE) ".repeat(50_000) + "SELECT 1")).isEqualTo("42601");
  }

  /** Each sign was looked for to the end of the row. */
  @Test
  void longRowsOfSignsAreReadInOnePass() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(refusal("SELECT " + "+".repeat(1_000_000) + "1")).isEqualTo("54001"));
  }

  @Test
  void tooManyGroupsAreRefused() {
    String items =
        IntStream.range(0, 20_000).mapToObj(i -> "1 + " + i).collect(Collectors.joining(", "));
    assertThat(refusal("SELECT count(*) GROUP BY " + items)).isEqualTo("54011");
  }
}
