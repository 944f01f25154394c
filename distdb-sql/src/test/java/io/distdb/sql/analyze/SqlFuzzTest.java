// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.parse.SqlParser;
import io.distdb.sql.parse.StatementScanner;
import io.distdb.sql.parse.StatementSplitter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever the text, the front end answers or throws {@link DistDbException}; and whatever has a
 * fingerprint means the same with its literals lifted. jqwik prints the seed of a failure.
 */
class SqlFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          "SELECT a, b + 1 AS c, count(*) FROM t JOIN u ON t.a = u.a WHERE b > -5 AND c LIKE 'x%'"
              + " GROUP BY a, b HAVING count(*) > 1 ORDER BY 1 DESC NULLS LAST LIMIT 3 OFFSET 2",
          "SELECT DISTINCT t.*, 'it''s' FROM t NATURAL JOIN u WHERE a BETWEEN 1 AND 2 OR NOT (b IN"
              + " (1, -2, NULL)) AND c IS NOT DISTINCT FROM 'q'",
          "INSERT INTO t (a, b, c) VALUES (1, -2.5e3, 'x'), (DEFAULT, 3::bigint, E'\\n')",
          "UPDATE t SET b = b - 10, (a, c) = (2, $$z$$) WHERE a = 7 AND b <> 1.5",
          "DELETE FROM t AS x WHERE x.a = CASE b WHEN 1 THEN 2 ELSE coalesce(a, 3) END",
          "CREATE TABLE v (a INTEGER PRIMARY KEY, b TEXT NOT NULL, PRIMARY KEY (a, b))",
          "CREATE UNIQUE INDEX i ON t USING btree (a DESC NULLS LAST, b)",
          "VALUES (1, 'a'), (-2, nullif('b', 'c')) ORDER BY 2 FETCH FIRST 3 ROWS ONLY",
          "EXPLAIN ANALYZE SELECT lower(c) || 1 FROM t -- comment /* x */",
          "BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY",
          "SET search_path TO a, 'b', 5; ");

  private static final List<String> TOKENS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "t",
          "u",
          "a",
          "b",
          "c",
          "t.a",
          "*",
          ",",
          "(",
          ")",
          "+",
          "-",
          "/",
          "%",
          "^",
          "||",
          "=",
          "<>",
          "<",
          "AND",
          "OR",
          "NOT",
          "IS",
          "NULL",
          "TRUE",
          "IN",
          "BETWEEN",
          "LIKE",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "1",
          "-1",
          "2147483648",
          "1.5",
          "'x'",
          "'5'",
          "E'a'",
          "$1",
          "?",
          "::int",
          "::text",
          "CAST(",
          "AS",
          "GROUP BY",
          "ORDER BY",
          "HAVING",
          "LIMIT",
          "OFFSET",
          "DISTINCT",
          "count(",
          "sum(",
          "JOIN",
          "ON",
          "USING",
          "INSERT INTO",
          "VALUES",
          "UPDATE",
          "SET",
          "DELETE",
          "coalesce(",
          "ALL",
          "ANY",
          "EXISTS",
          "[",
          "]",
          ";",
          "--",
          "/*",
          "*/",
          "\"q\"",
          "UNION",
          "WITH",
          "OVER",
          "interval",
          "\n",
          ".",
          ":",
          "@",
          "~",
          "0x1F",
          "1_000",
          "$$",
          "FETCH",
          "FIRST",
          "ROWS",
          "ONLY");

  private final TestCatalog catalog =
      TestCatalog.of(
          "CREATE TABLE t (a INTEGER PRIMARY KEY, b BIGINT, c TEXT)",
          "CREATE TABLE u (a DOUBLE PRECISION, d BOOLEAN)");

  private final LiftingCheck lifting = new LiftingCheck();
  private final StatementScanner scanner = new StatementScanner();

  @Property(tries = 3_000)
  void tokenSoupIsAnsweredOrRefused(@ForAll("soup") String sql) {
    check(sql);
  }

  @Property(tries = 3_000)
  void mutatedStatementsAreAnsweredOrRefused(@ForAll("mutants") String sql) {
    check(sql);
  }

  private void check(String sql) {
    StatementSplitter.split(sql);
    try {
      catalog.analyze(sql);
    } catch (DistDbException expected) {
      // a refusal is an answer; anything else fails the property
    }
    if (scanner.scan(sql) && !scanner.hasParameters()) {
      lifting.check(sql, catalog);
    }
    try {
      SqlParser.parse("SELECT " + sql);
    } catch (DistDbException expected) {
      // as above
    }
  }

  @Provide
  Arbitrary<String> soup() {
    Arbitrary<List<String>> tokens = Arbitraries.of(TOKENS).list().ofMinSize(1).ofMaxSize(20);
    Arbitrary<String> start =
        Arbitraries.of(
            "SELECT ",
            "SELECT a FROM t WHERE ",
            "SELECT * FROM t ",
            "UPDATE t SET a = ",
            "INSERT INTO t VALUES (",
            "");
    return start.flatMap(head -> tokens.map(list -> head + String.join(" ", list)));
  }

  @Provide
  Arbitrary<String> mutants() {
    Arbitrary<String> insertion =
        Arbitraries.oneOf(
            Arbitraries.of(TOKENS),
            Arbitraries.strings().all().ofMaxLength(2),
            Arbitraries.just(""));
    return Arbitraries.of(SEEDS)
        .flatMap(seed ->
            Arbitraries.integers()
                .between(0, seed.length())
                .flatMap(at ->
                    Arbitraries.integers()
                        .between(at, Math.min(seed.length(), at + 12))
                        .flatMap(end ->
                            insertion.map(
                                part -> seed.substring(0, at) + part + seed.substring(end)))));
  }
}
