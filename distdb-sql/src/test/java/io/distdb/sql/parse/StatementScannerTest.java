// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.LiteralKind;
import io.distdb.sql.function.Environment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementScannerTest {
  private final StatementScanner scanner = new StatementScanner();

  /** The key with literals as {@code #i}, {@code #l}, {@code #d}, {@code #s}. */
  private String key(String sql) {
    assertThat(scanner.scan(sql)).as(sql).isTrue();
    return scanner
        .fingerprint()
        .toString()
        .replace("\u0001", "#i")
        .replace("\u0002", "#l")
        .replace("\u0003", "#d")
        .replace("\u0004", "#s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "SELECT * FROM t WHERE id = 5|select * from t where id = #i",
        "select  *\tFROM T where ID = 5;|select * from t where id = #i",
        "SELECT /* x /* y */ */ 1 -- z|select #i",
        "SELECT 1, 3000000000, 1.5, 'x'|select #i, #l, #d, #s",
        "SELECT -2147483648, - 2147483649, -1::int|select #i, #l, -#i::int",
        "SELECT a-1, a - -1, (-1)|select a-#i, a - #i, (#i)",
        "SELECT \"A b\" FROM t WHERE x = 'it''s'|select \"A b\" from t where x = #s",
        "UPDATE t SET b = b - 10 WHERE id = 7|update t set b = b - #i where id = #i",
        "INSERT INTO t VALUES (1, 'x'), (-2, NULL)|insert into t values (#i, #s), (#i, null)",
        "SELECT a FROM t ORDER BY 1 LIMIT 5 OFFSET 6|select a from t order by 1 limit #i offset #i",
        "SELECT a+1 FROM t WHERE b=2 GROUP BY a+1|select a+1 from t where b=#i group by a+1",
        "SELECT DISTINCT a+1 FROM t WHERE b=2|select distinct a+1 from t where b=#i",
        "SELECT count(DISTINCT a), 5|select count(distinct a), #i",
        "SELECT sum(a * 2) + 3 FROM t|select sum(a * 2) + #i from t",
        "SELECT a FROM t WHERE b LIKE 'x%' AND c = 'y'|select a from t where b like 'x%' and c = #s",
        "SELECT x::varchar(10), 5|select x::varchar(10), 5",
        "SELECT CAST(x AS numeric(10, 2)), 5|select cast(x as numeric(10, 2)), 5",
        "SELECT date '2026-01-01', 5|select date '2026-01-01', #i",
        "SELECT E'a\\'b', $$x$$, 5|select e'a\\'b', $$x$$, #i",
        "SELECT a FROM t WHERE b = $1 AND c = 5|select a from t where b = $1 and c = 5",
        "SELECT a FROM t WHERE b = ? AND c = 5|select a from t where b = ? and c = 5",
        "SELECT between -1, update -2, t.limit -3, 4 AS where, values -5|select between -#i, update -#i, t.limit -#i, #i as where, values -#i",
        "SELECT 1 WHERE a BETWEEN -1 AND -2 OR b NOT BETWEEN -3 AND 4|select #i where a between #i and #i or b not between #i and #i",
        "CREATE TABLE t (a int)|create table t (a int)",
        "EXPLAIN SELECT 5|explain select 5",
        "SELECT 1 WHERE 5 IN (SELECT 6)|select 1 where 5 in (select 6)",
        "SELECT 0x1F, 1_000, 007|select #i, #i, #i",
      })
  void fingerprintKeepsTheShape(String sql, String expected) {
    assertThat(key(sql)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'unterminated",
        "SELECT 1; SELECT 2",
        "SELECT 'a'\n'b'",
        "SELECT 123abc",
        "SELECT \u0001",
        "SELECT :x",
        "SELECT /* open",
        "SELECT \"open",
      })
  void oddTextHasNoFingerprint(String sql) {
    assertThat(scanner.scan(sql)).isFalse();
    assertThat(scanner.literals().count()).isZero();
  }

  @Test
  void valuesAreReadAsTheAnalyzerTypesThem() {
    key("SELECT 7, -8, 3000000000, -1.5e2, 'it''s', '12', 0x1F, 1_000, 99999999999999999999");
    LiftedLiterals literals = scanner.literals();
    assertThat(literals.value(0, SqlType.INTEGER, Environment.NONE)).isEqualTo(Value.of(7));
    assertThat(literals.value(0, SqlType.BIGINT, Environment.NONE)).isEqualTo(Value.of(7L));
    assertThat(literals.value(1, SqlType.DOUBLE_PRECISION, Environment.NONE))
        .isEqualTo(Value.of(-8.0));
    assertThat(literals.longValue(2)).isEqualTo(3_000_000_000L);
    assertThat(literals.value(3, SqlType.DOUBLE_PRECISION, Environment.NONE))
        .isEqualTo(Value.of(-150.0));
    assertThat(literals.textValue(4)).isEqualTo("it's");
    assertThat(literals.value(5, SqlType.INTEGER, Environment.NONE)).isEqualTo(Value.of(12));
    assertThat(literals.longValue(6)).isEqualTo(31);
    assertThat(literals.longValue(7)).isEqualTo(1000);
    assertThat(literals.kind(8)).isEqualTo(LiteralKind.DECIMAL);
    assertThat(literals.doubleValue(8)).isEqualTo(1e20);
  }

  @Test
  void liveFingerprintFindsTheStoredOne() {
    Map<Fingerprint, String> plans = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      scanner.scan("SELECT c" + i + " FROM t WHERE id = 1");
      plans.put(scanner.fingerprint().copy(), "plan " + i);
    }
    for (int i = 0; i < 100; i++) {
      scanner.scan("select  c" + i + " from t where id = " + (i * 31 + 5));
      assertThat(plans.get(scanner.fingerprint())).isEqualTo("plan " + i);
    }
    scanner.scan("SELECT c1 FROM t WHERE id = 'x'");
    assertThat(plans.get(scanner.fingerprint())).isNull();
    scanner.scan("SELECT c1 FROM t WHERE id = 3000000000");
    assertThat(plans.get(scanner.fingerprint())).isNull();
  }

  @Test
  void longStatementsAndManyLiteralsAreLeftAlone() {
    String many = "SELECT 1" + ", 1".repeat(StatementScanner.LITERALS_MAX);
    assertThat(scanner.scan(many)).isFalse();
    assertThat(scanner.scan("SELECT '" + "x".repeat(StatementScanner.LENGTH_MAX))).isFalse();
    assertThat(scanner.scan("SELECT 1" + ", 1".repeat(1000))).isTrue();
    assertThat(scanner.literals().count()).isEqualTo(1001);
  }
}
