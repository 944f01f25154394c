// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.analyze.Analyzing;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile sizes and depths end in an answer or an error, on a small stack. */
class StatementLimitsTest {
  /** Three quarters of what a thread gets by default. */
  private static final long STACK_BYTES = 768 * 1024;

  @ParameterizedTest
  @ValueSource(ints = {10_000, 200_000})
  void deepParenthesesAreRefused(int depth) {
    assertTooComplex("SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth));
    assertTooComplex("SELECT " + "(".repeat(depth));
    assertTooComplex("SELECT * FROM t WHERE a IN (" + "(".repeat(depth));
  }

  @Test
  void deepNestingOfOtherKindsIsRefused() {
    int depth = 10_000;
    assertTooComplex("SELECT " + "NOT ".repeat(depth) + "true");
    assertTooComplex("SELECT " + "- ".repeat(depth) + "1");
    assertTooComplex("SELECT " + "-(+ ".repeat(depth) + "1" + ")".repeat(depth));
    assertTooComplex("SELECT " + "CASE WHEN true THEN ".repeat(depth) + "1");
    assertTooComplex("SELECT " + "abs(".repeat(depth) + "1" + ")".repeat(depth));
    assertTooComplex("SELECT " + "(SELECT ".repeat(depth) + "1" + ")".repeat(depth));
    assertTooComplex("SELECT * FROM " + "(SELECT * FROM ".repeat(depth));
    assertTooComplex("SELECT 1 WHERE " + "EXISTS (SELECT 1 WHERE ".repeat(depth));
    assertTooComplex("SELECT 1" + " + 1".repeat(depth));
    assertTooComplex("SELECT 1" + "::int".repeat(depth));
    assertTooComplex("SELECT * FROM a" + " CROSS JOIN a".repeat(depth));
    assertTooComplex("SELECT * FROM " + "(".repeat(depth) + "a" + ")".repeat(depth));
  }

  @Test
  void allowedDepthFitsTheStack() {
    int depth = SyntaxLimits.NESTING_MAX;
    assertAnswered("SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth));
    assertAnswered("SELECT " + "NOT ".repeat(depth) + "true");
    assertAnswered("SELECT " + "abs(".repeat(depth) + "1" + ")".repeat(depth));
    assertAnswered("SELECT " + "-(".repeat(depth / 2) + "1" + ")".repeat(depth / 2));
    int whens = depth / 2;
    assertAnswered("SELECT " + "(CASE WHEN true THEN ".repeat(whens) + "1" + " END)".repeat(whens));
    assertAnswered("SELECT 1" + " + 1".repeat(SyntaxLimits.EXPRESSION_DEPTH_MAX - 3));
    int queries = depth / SyntaxLimits.SUBQUERY_LEVELS;
    assertAnswered("SELECT " + "(SELECT ".repeat(queries) + "1" + ")".repeat(queries));
    assertAnswered(
        "SELECT * FROM " + "(SELECT * FROM ".repeat(queries) + "t" + ") x".repeat(queries));
    String exists = "EXISTS (SELECT 1 FROM t WHERE ";
    assertAnswered("SELECT 1 WHERE " + exists.repeat(queries) + "true" + ")".repeat(queries));
    assertAnswered(
        "SELECT 1 WHERE 1"
            + " IN (SELECT a FROM t WHERE a".repeat(queries)
            + " = 1"
            + ")".repeat(queries));
    assertAnswered(
        "SELECT count(*) FROM t GROUP BY 1"
            .replace("1", "a" + " + 1".repeat(SyntaxLimits.EXPRESSION_DEPTH_MAX - 3)));
  }

  @Test
  void longListsAndChainsAreAnswered() {
    assertAnswered("SELECT * FROM t WHERE a = 1" + " OR a = 2".repeat(20_000));
    assertAnswered("SELECT * FROM t WHERE a = 1" + " AND a <> 2".repeat(20_000));
    assertAnswered("SELECT * FROM t WHERE a IN (1" + ", 2".repeat(100_000) + ")");
    assertAnswered("INSERT INTO t VALUES (1)" + ", (-2)".repeat(50_000));
    assertAnswered("SELECT 1" + ", 1".repeat(1_663));
    assertAnswered("SELECT count(*) FROM t HAVING max(a) = 1" + distinctAggregates(20_000));
    assertThat(outcome("SELECT 1" + ", 1".repeat(100_000))).isEqualTo("54011");
    assertThat(outcome("SELECT a FROM t ORDER BY a" + ", a".repeat(100_000))).isEqualTo("54011");
    assertThat(outcome("SELECT a FROM t GROUP BY a" + ", a".repeat(100_000))).isEqualTo("54011");
  }

  private static String distinctAggregates(int count) {
    StringBuilder terms = new StringBuilder();
    for (int i = 0; i < count; i++) {
      terms.append(" OR max(a + ").append(i).append(") = 1");
    }
    return terms.toString();
  }

  @Test
  void megabytesOfNonsenseAreRefused() {
    for (String part :
        new String[] {
          "a ", "(", ")", "'", "\"", "$", "/*", "--", ", ", "SELECT ", "1 ", "= ", "E'\\", "::",
          "[", "x.", "CASE ", "not ", "$1 "
        }) {
      String sql = part.repeat(1_000_000 / part.length());
      assertThat(outcome("SELECT " + sql)).as("SELECT " + part).matches("[0-9A-Z]{5}|ok");
    }
  }

  @Test
  void statementOverTheLimitIsRefusedUnread() {
    String sql = "SELECT '" + "x".repeat(SyntaxLimits.STATEMENT_LENGTH_MAX) + "'";
    assertThat(outcome(sql)).isEqualTo("54000");
  }

  private static void assertTooComplex(String sql) {
    assertThat(outcome(sql)).as(head(sql)).isEqualTo("54001");
  }

  private static void assertAnswered(String sql) {
    assertThat(outcome(sql)).as(head(sql)).isEqualTo("ok");
  }

  private static String head(String sql) {
    return sql.substring(0, Math.min(80, sql.length()));
  }

  /** The SQLSTATE, or "ok", or the name of whatever else was thrown. */
  private static String outcome(String sql) {
    AtomicReference<String> outcome = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                new StatementScanner().scan(sql);
                Analyzing.analyze(sql);
                outcome.set("ok");
              } catch (DistDbException e) {
                outcome.set(e.sqlState());
              } catch (Throwable e) { // a stack overflow is what this test is about
                outcome.set(e.toString());
              }
            },
            "small stack",
            STACK_BYTES);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return outcome.get();
  }
}
