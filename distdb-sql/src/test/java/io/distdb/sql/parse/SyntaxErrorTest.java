// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said in PostgreSQL's words, at the character where it is wrong. */
class SyntaxErrorTest {
  private static DistDbException error(String sql) {
    DistDbException error = catchThrowableOfType(DistDbException.class, () -> SqlParser.parse(sql));
    assertThat(error).as(sql).isNotNull();
    return error;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "SELEC 1|1|syntax error at or near \"SELEC\"",
        "SELECT * FORM t|10|syntax error at or near \"FORM\"",
        "SELECT a, FROM t|11|syntax error at or near \"FROM\"",
        "SELECT * FROM t WHERE|22|syntax error at end of input",
        "SELECT (1|10|syntax error at end of input",
        "SELECT 1)|9|syntax error at or near \")\"",
        "SELECT a = b = c|14|syntax error at or near \"=\"",
        "SELECT a IS DISTINCT FROM 1 IS NULL|29|syntax error at or near \"IS\"",
        "SELECT 'abc|8|unterminated quoted string at or near \"'abc\"",
        "SELECT \"abc|8|unterminated quoted identifier at or near \"\"abc\"",
        "SELECT /* abc|8|unterminated /* comment at or near \"/* abc\"",
        "SELECT $x$ abc|8|unterminated dollar-quoted string at or near \"$x$ abc\"",
        "SELECT 123abc|8|trailing junk after numeric literal at or near \"123abc\"",
        "SELECT \"\"|8|zero-length delimited identifier at or near \"\"\"\"",
        "CREATE TABLE user (id int)|14|syntax error at or near \"user\"",
        "CREATE TABLE t (a int,)|23|syntax error at or near \")\"",
        "INSERT INTO t VALUES ()|23|syntax error at or near \")\"",
        "SELECT 'ü😀' FORM t|18|syntax error at or near \"t\"",
        "SELECT '😀', , 1|13|syntax error at or near \",\"",
        "SELECT a FROM t LIMIT 5, 10|24|syntax error at or near \",\"",
        "BEGIN READ ONLY READ WRITE|17|conflicting or redundant options",
      })
  void syntaxErrorHasMessageAndPosition(String sql, int position, String message) {
    DistDbException error = error(sql);
    assertThat(error.sqlState()).isEqualTo("42601");
    assertThat(error.getMessage()).isEqualTo(message);
    assertThat(error.position()).isEqualTo(position);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "SELEC 1|Perhaps you meant SELECT.",
        "SELECT * FORM t|Perhaps you meant FROM.",
        "SELECT a, FROM t|Remove the comma before it, or add what is missing after the comma.",
        "SELECT `a` FROM t|Names are quoted with double quotes, not with backticks.",
        "SELECT a FROM t LIMIT 5, 10|Write LIMIT count OFFSET start.",
      })
  void commonMistakesGetAHint(String sql, String hint) {
    assertThat(error(sql).hint()).contains(hint);
  }

  @Test
  void reservedWordAsNameIsExplained() {
    assertThat(error("CREATE TABLE order (id int)").hint().orElseThrow())
        .contains("reserved")
        .contains("\"order\"");
  }

  @Test
  void shortListsOfWhatWasExpectedAreGiven() {
    assertThat(error("SELECT * FROM t WHERE").detail()).contains("Expected an expression.");
    assertThat(error("DROP TABLE").detail().orElseThrow()).contains("a name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t FROM PROGRAM 'cat'",
        "GRANT SELECT ON t TO u GRANTED BY v",
        "GRANT EXECUTE ON FUNCTION f(int) TO u",
        "GRANT USAGE ON LANGUAGE l TO u",
        "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO u",
        "ALTER ROLE ALL SET x = y",
        "VACUUM FULL t",
        "VACUUM (TRUNCATE) t",
        "WITH x AS (MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE) SELECT 1",
        "WITH RECURSIVE x AS (SELECT 1) SEARCH DEPTH FIRST BY a SET o SELECT 1",
        "WITH RECURSIVE x AS (SELECT 1) CYCLE a SET c USING p SELECT 1",
        "SELECT * INTO UNLOGGED u FROM t",
        "SELECT current_time",
        "SELECT B'101'",
        "INSERT INTO t VALUES (1) ON CONFLICT (lower(a)) DO NOTHING",
        "INSERT INTO t VALUES (1) ON CONFLICT (a COLLATE \"C\") DO NOTHING",
        "CREATE TEMP SEQUENCE s",
        "CREATE INDEX ON t (lower(a))",
        "CREATE INDEX ON t (a) WHERE a > 1",
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "COMMIT PREPARED 'x'",
        "EXPLAIN (FORMAT XML) SELECT 1",
        "SELECT U&'x'",
        "EXPLAIN EXECUTE p",
        "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
      })
  void whatPostgresqlHasIsRefusedByName(String sql) {
    DistDbException error = error(sql);
    assertThat(error.sqlState()).as(sql).isEqualTo("0A000");
    assertThat(error.position()).isPositive();
    assertThat(error.getMessage()).endsWith("is not supported yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ((SELECT 1)), abs((SELECT 1)), coalesce((SELECT 1), 2), ((SELECT 1) + 1)",
        "VALUES ((SELECT 1)), (2), ((SELECT 3))",
        "SELECT * FROM ((SELECT 1)) x JOIN ((SELECT 2) y CROSS JOIN t) ON true",
        "SELECT 1 WHERE 1 IN ((SELECT 1), (SELECT 2)) OR EXISTS ((SELECT 1))",
        "SELECT count(DISTINCT (SELECT 1)), row((SELECT 1)), (1, 2) = (SELECT 1, 2)",
        "SELECT 1 WHERE (1, 2) IN (SELECT 1, 2) AND 1 < SOME (SELECT 1) AND 1 >= ALL (VALUES (1))",
        "UPDATE t SET (a, b) = (SELECT 1, 2), c = (SELECT 3)",
        "SELECT * FROM t LEFT JOIN LATERAL (SELECT t.a) x (b) ON true NATURAL FULL OUTER JOIN u",
      })
  void subqueriesAreParsedWhereverValuesOrTablesAre(String sql) {
    SqlParser.parse(sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VALUES (1), (SELECT 2)", "SELECT 1 IN SELECT 1", "SELECT (SELECT 1"})
  void subqueriesNeedTheirParentheses(String sql) {
    assertThat(error(sql).sqlState()).as(sql).isEqualTo("42601");
  }

  @Test
  void longNameIsRefused() {
    assertThat(error("SELECT " + "x".repeat(64)).sqlState()).isEqualTo("42622");
    SqlParser.parse("SELECT " + "x".repeat(63));
  }

  @Test
  void parameterKindsDoNotMix() {
    assertThat(error("SELECT ?, $1").getMessage()).contains("cannot mix");
    assertThat(error("SELECT $0").sqlState()).isEqualTo("42P02");
    assertThat(error("SELECT $65536").sqlState()).isEqualTo("54000");
    assertThat(error("SELECT $99999999999999999999").sqlState()).isEqualTo("54000");
  }
}
