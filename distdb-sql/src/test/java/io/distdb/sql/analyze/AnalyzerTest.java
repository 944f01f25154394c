// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyzerTest {
  private final TestCatalog catalog =
      TestCatalog.of(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL, b BIGINT,"
              + " d DOUBLE PRECISION, f BOOLEAN)",
          "CREATE TABLE u (id INTEGER, tid BIGINT, v TEXT)",
          "CREATE INDEX t_v ON t (v)");

  private String tree(String sql) {
    return TreeText.of(catalog.analyze(sql).statement());
  }

  /** The predicate of {@code SELECT FROM t WHERE …}. */
  private String where(String predicate) {
    String tree = tree("SELECT id FROM t WHERE " + predicate);
    return tree.lines()
        .filter(line -> line.contains("Filter "))
        .findFirst()
        .orElseThrow()
        .strip()
        .substring("Filter ".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\u0001',
      value = {
        "id = 5;(id#0 = 5)",
        "b = 5;(b#2 = 5L)",
        "d = 5;(d#3 = 5.0d)",
        "d > 1.5e1;(d#3 > 15.0d)",
        "id = b;(cast(id#0 as bigint) = b#2)",
        "id = '12';(id#0 = 12)",
        "f;f#4",
        "f = 'yes';(f#4 = true)",
        "v||id = 'x1';(||(v#1, cast(id#0 as text)) = 'x1')",
        "id + 1 * 2 > 3;(+(id#0, *(1, 2)) > 3)",
        "-id ^ 2 = 4;(^(cast(-(id#0) as double precision), 2.0d) = 4.0d)",
        "NOT f AND f OR f;or(and(not(f#4), f#4), f#4)",
        "id BETWEEN 1 AND b;and((id#0 >= 1), (cast(id#0 as bigint) <= b#2))",
        "id NOT IN (1, NULL, '3');not(id#0 in (1, null:integer, 3))",
        "id IN (1, b);cast(id#0 as bigint) in (1L, b#2)",
        "v NOT LIKE 'a%';not(~~(v#1, 'a%'))",
        "v ILIKE 'a!%' ESCAPE '!';~~*(v#1, like_escape('a!%', '!'))",
        "f IS NOT TRUE;(f#4 IS DISTINCT FROM true)",
        "f IS UNKNOWN;isnull(f#4)",
        "b IS NOT DISTINCT FROM NULL;(b#2 IS NOT DISTINCT FROM null:bigint)",
        "CASE id WHEN 1 THEN f ELSE true END;case((id#0 = 1) -> f#4, else true)",
        "COALESCE(id, b) = 0;(coalesce(cast(id#0 as bigint), b#2) = 0L)",
        "NULLIF(id, 2) = 1;(case((id#0 = 2) -> null:integer, else id#0) = 1)",
        "length(v) = char_length('abc');(length(v#1) = length('abc'))",
        "abs(-2147483648) = 1;(abs(-2147483648) = 1)",
        "floor(id) = 1;(floor(cast(id#0 as double precision)) = 1.0d)",
        "mod(id, b) = 1;(mod(cast(id#0 as bigint), b#2) = 1L)",
        "position('a' IN v) > 0;(strpos(v#1, 'a') > 0)",
        "id::text = '1';(cast(id#0 as text) = '1')",
        "'1'::int = id;(1 = id#0)",
      })
  void expressionIsTyped(String predicate, String expected) {
    assertThat(where(predicate)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "SELECT x9 FROM t|42703|8|column \"x9\" does not exist",
        "SELECT t.x FROM t|42703|8|column t.x does not exist",
        "SELECT z.id FROM t|42P01|8|missing FROM-clause entry for table \"z\"",
        "SELECT t.id FROM t AS a|42P01|8|invalid reference to FROM-clause entry for table \"t\"",
        "SELECT id FROM t, u|42702|8|column reference \"id\" is ambiguous",
        "SELECT 1 FROM t, t|42712|18|table name \"t\" specified more than once",
        "SELECT * FROM nowhere|42P01|15|relation \"nowhere\" does not exist",
        "SELECT id, count(*) FROM t|42803|8|column \"t.id\" must appear in the GROUP BY clause or"
            + " be used in an aggregate function",
        "SELECT v, b FROM t GROUP BY v|42803|11|column \"t.b\" must appear in the GROUP BY clause"
            + " or be used in an aggregate function",
        "SELECT v FROM t GROUP BY v ORDER BY b|42803|37|column \"t.b\" must appear in the GROUP BY"
            + " clause or be used in an aggregate function",
        "SELECT 1 FROM t WHERE count(*) > 1|42803|23|aggregate functions are not allowed in WHERE",
        "SELECT sum(count(*)) FROM t|42803|12|aggregate function calls cannot be nested",
        "SELECT count(*) FROM t GROUP BY 1|42803|33|aggregate functions are not allowed in GROUP"
            + " BY",
        "SELECT id = v FROM t|42883|11|operator does not exist: integer = text",
        "SELECT id IN ('1', v) FROM t|42883|11|operator does not exist: integer = text",
        "SELECT 1 @@ 2|0A000|10|operator @@ is not supported yet",
        "SELECT nosuch(1, 'a')|42883|8|function nosuch(integer, unknown) does not exist",
        "SELECT jsonb_agg('a')|0A000|8|function jsonb_agg is not supported yet",
        "SELECT '1' + '2'|42725|12|operator is not unique: unknown + unknown",
        "SELECT id FROM t WHERE id|42804|24|argument of WHERE must be type boolean, not type"
            + " integer",
        "SELECT CASE WHEN f THEN 1 ELSE v END FROM t|42804|25|CASE types text and integer cannot"
            + " be matched",
        "SELECT b::boolean FROM t|42846|8|cannot cast type bigint to boolean",
        "SELECT 'abc'::int|22P02|8|invalid input syntax for type integer: \"abc\"",
        "SELECT id = '99999999999' FROM t|22003|13|value \"99999999999\" is out of range for type"
            + " integer",
        "SELECT id::foo FROM t|42704|12|type \"foo\" does not exist",
        "SELECT id FROM t ORDER BY 2|42P10|27|ORDER BY position 2 is not in select list",
        "SELECT DISTINCT v FROM t ORDER BY id|42P10|35|for SELECT DISTINCT, ORDER BY expressions"
            + " must appear in select list",
        "SELECT id FROM t ORDER BY 'x'|42601|27|non-integer constant in ORDER BY",
        "SELECT id FROM t LIMIT id|42P10|24|argument of LIMIT must not contain variables",
        "VALUES (1, 2), (3)|42601|17|VALUES lists must all be the same length",
        "SELECT *|42601|8|SELECT * with no tables specified is not valid",
        "SELECT * FROM t JOIN u USING (zz)|42703|31|column \"zz\" specified in USING clause does"
            + " not exist in left table",
        "INSERT INTO t VALUES (1, 2, 3, 4, true, 6)|42601|41|INSERT has more expressions than"
            + " target columns",
        "INSERT INTO t (id, v) VALUES (1)|42601|20|INSERT has more target columns than"
            + " expressions",
        "INSERT INTO t (id, id) VALUES (1, 2)|42701|20|column \"id\" specified more than once",
        "INSERT INTO t (zz) VALUES (1)|42703|16|column \"zz\" of relation \"t\" does not exist",
        "INSERT INTO t VALUES (true)|42804|23|column \"id\" is of type integer but expression is"
            + " of type boolean",
        "UPDATE t SET id = 1, id = 2|42601|22|multiple assignments to same column \"id\"",
        "SELECT DEFAULT|42601|8|syntax error at or near \"DEFAULT\"",
        "CREATE TABLE t (a int)|42P07|14|relation \"t\" already exists",
        "CREATE TABLE x (a int, a text)|42701|24|column \"a\" specified more than once",
        "CREATE TABLE x (a int, PRIMARY KEY (b))|42703|37|column \"b\" named in key does not exist",
        "CREATE TABLE x (a int NULL NOT NULL)|42601|28|conflicting NULL/NOT NULL declarations for"
            + " column \"a\"",
        "CREATE INDEX i ON t (zz)|42703|22|column \"zz\" does not exist",
        "CREATE INDEX i ON t USING zz (v)|42704|27|access method \"zz\" does not exist",
        "CREATE INDEX t_v ON t (id)|42P07|14|relation \"t_v\" already exists",
        "DROP TABLE nowhere|42P01|12|table \"nowhere\" does not exist",
        "DROP TABLE t_v|42809|12|\"t_v\" is not a table",
        "DROP INDEX t_v ON u|42704|12|index \"t_v\" on table \"u\" does not exist",
        "EXPLAIN CREATE TABLE x (a int)|42601|9|EXPLAIN is for SELECT, VALUES, INSERT, UPDATE and"
            + " DELETE",
      })
  void mistakeHasPostgresqlsCodePositionAndWords(
      String sql, String state, int position, String message) {
    DistDbException error = catchThrowableOfType(DistDbException.class, () -> catalog.analyze(sql));
    assertThat(error).as(sql).isNotNull();
    assertThat(error.getMessage()).isEqualTo(message);
    assertThat(error.sqlState()).isEqualTo(state);
    assertThat(error.position()).isEqualTo(position);
  }

  @Test
  void nearestNamesAreSuggested() {
    TestCatalog shop = TestCatalog.of("CREATE TABLE customer (id int, address text)");
    assertThat(hint(shop, "SELECT adress FROM customer"))
        .isEqualTo("Perhaps you meant to reference the column \"customer.address\".");
    assertThat(hint(shop, "SELECT 1 FROM custmer")).isEqualTo("Perhaps you meant \"customer\".");
    assertThat(hint(shop, "SELECT lenght(address) FROM customer"))
        .isEqualTo("Perhaps you meant length.");
    assertThat(hint(shop, "CREATE TABLE x (a intger)")).isEqualTo("Perhaps you meant integer.");
  }

  private static String hint(TestCatalog catalog, String sql) {
    return catchThrowableOfType(DistDbException.class, () -> catalog.analyze(sql))
        .hint()
        .orElse("none");
  }

  @Test
  void groupsAndOrderAreLiftedAboveTheAggregation() {
    assertThat(
            tree(
                "SELECT length(v) AS n, count(*), max(b) + 1 FROM t WHERE f GROUP BY length(v)"
                    + " HAVING count(*) > 1 ORDER BY sum(id) DESC, n LIMIT 3 OFFSET 1"))
        .isEqualTo(
            """
            Query [n, count, ?column?]
              Limit 3L offset 1L
                Project group_key#8 := group_key#8, count#5 := count#5, ?column?#9 := ?column?#9
                  Sort sum#7 desc nulls first, group_key#8
                    Project group_key#8 := group_key#8, count#5 := count#5, \
            ?column?#9 := +(max#6, 1L), sum#7 := sum#7
                      Filter (count#5 > 1L)
                        Aggregate by [group_key#8] count#5 := count() max#6 := max(b#2) \
            sum#7 := sum(id#0)
                          Project id#0 := id#0, v#1 := v#1, b#2 := b#2, d#3 := d#3, f#4 := f#4, \
            group_key#8 := length(v#1)
                            Filter f#4
                              Scan t t[id#0, v#1, b#2, d#3, f#4]
            """);
  }

  @Test
  void columnsThatDependOnAGroupedKeyMayBeSelected() {
    assertThat(tree("SELECT id, v, count(*) FROM t GROUP BY id"))
        .contains("Aggregate by [id#0, v#1] count#5 := count()");
  }

  @Test
  void usingMergesColumns() {
    assertThat(tree("SELECT * FROM t JOIN u USING (id)"))
        .startsWith("Query [id, v, b, d, f, tid, v]\n");
    assertThat(tree("SELECT id, u.id FROM t NATURAL JOIN u"))
        .contains("INNER on and((id#0 = id#5), (v#1 = v#7))")
        .contains("Project id#0 := id#0, id#5 := id#5");
  }

  @Test
  void insertHasARowOfTheTable() {
    assertThat(tree("INSERT INTO t (v, id) VALUES ('x', 1), (2, DEFAULT)"))
        .isEqualTo(
            """
            Insert t
              Values [id#0, v#1, b#2, d#3, f#4]
                (1, 'x', null:bigint, null:double precision, null:boolean)
                (null:integer, cast(2 as text), null:bigint, null:double precision, null:boolean)
            """);
    assertThat(tree("INSERT INTO t (d, v) SELECT '1.5', tid FROM u"))
        .contains("Project ?column?#3 := 1.5d, tid#1 := tid#1")
        .contains("v#5 := cast(tid#1 as text)");
  }

  @Test
  void parametersTakeTheirTypeFromTheirPlace() {
    Analyzed update = catalog.analyze("UPDATE t SET b = $1 + 1, v = $3 WHERE id = $2 AND d < $1");
    assertThat(update.parameterTypes())
        .containsExactly(SqlType.INTEGER, SqlType.INTEGER, SqlType.TEXT);
    assertThat(catalog.analyze("SELECT ? WHERE ? = 1").parameterTypes())
        .containsExactly(SqlType.TEXT, SqlType.INTEGER);
    assertThat(catalog.analyze("SELECT $1 + 1", SqlType.BIGINT).parameterTypes())
        .containsExactly(SqlType.BIGINT);
    assertThat(tree("SELECT 1 LIMIT $1")).contains("Limit $1:bigint");
  }

  @Test
  void parameterWithoutAPlaceIsRefused() {
    DistDbException error =
        catchThrowableOfType(DistDbException.class, () -> catalog.analyze("SELECT $2 + 1"));
    assertThat(error.sqlState()).isEqualTo("42P18");
  }

  @Test
  void headingsAreNamedAsPostgresqlNamesThem() {
    BoundStatement statement =
        catalog
            .analyze(
                "SELECT id, v AS \"V w\", id + 1, '1'::int, CASE WHEN f THEN 1 END,"
                    + " coalesce(v, 'x'), lower(v), id::text, CAST(1 AS bigint), CASE WHEN f THEN 1"
                    + " ELSE id END FROM t")
            .statement();
    assertThat(((BoundStatement.Query) statement).headings())
        .isEqualTo(
            List.of(
                "id", "V w", "?column?", "int4", "case", "coalesce", "lower", "id", "int8", "id"));
  }

  @Test
  void ifExistsFindsNothingToDo() {
    assertThat(catalog.analyze("DROP TABLE IF EXISTS nowhere").statement())
        .isEqualTo(
            Skipped.missing("DROP TABLE", List.of("table \"nowhere\" does not exist, skipping")));
    assertThat(catalog.analyze("CREATE TABLE IF NOT EXISTS t (a int)").statement())
        .isInstanceOf(BoundStatement.Nothing.class);
    assertThat(catalog.analyze("CREATE INDEX IF NOT EXISTS t_v ON t (id)").statement())
        .isInstanceOf(BoundStatement.Nothing.class);
  }
}
