// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bad statements end with PostgreSQL's SQLSTATE and wording and leave nothing behind, not even the
 * good rows in front of the bad one.
 */
class BadInputTest {
  private final Client client = Client.open();

  BadInputTest() {
    client.execute("CREATE TABLE parent (id integer PRIMARY KEY)");
    client.execute(
        "CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent,"
            + " n numeric(4,2) CHECK (n > 0), d date, s smallint, v varchar(3))");
    client.execute("CREATE INDEX child_by_n ON child (n)");
    client.execute("CREATE VIEW kin AS SELECT id FROM child");
    client.execute("INSERT INTO parent VALUES (1), (2)");
    client.execute("INSERT INTO child VALUES (1, 1, 1.5, '2024-01-01', 7, 'abc')");
  }

  @AfterEach
  void close() {
    client.close();
  }

  private List<String> everything() {
    return client
        .query(
            "SELECT concat_ws(' ', 'child', id, parent, n, d, s, v) AS line FROM child"
                + " UNION ALL SELECT concat_ws(' ', 'parent', id) FROM parent"
                + " UNION ALL SELECT concat_ws(' ', table_name, column_name, data_type)"
                + " FROM information_schema.columns WHERE table_schema = 'public'"
                + " UNION ALL SELECT concat_ws(' ', 'by n', id) FROM child WHERE n = 1.5"
                + " ORDER BY 1")
        .toList(row -> row.getString("line"));
  }

  private void assertFails(String sql, String sqlState, String message) {
    List<String> before = everything();
    assertThatThrownBy(() -> client.execute(sql))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure ->
                assertThat(failure.sqlState() + " " + failure.getMessage())
                    .isEqualTo(sqlState + " " + message));
    assertThat(everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INSERT INTO child VALUES (7, 1, 2, NULL), (8, 1, 2, 'no date')"
            + "| 22007 | invalid input syntax for type date: \"no date\"",
        "INSERT INTO child VALUES (7, 1, 2, NULL), (8, 1, 2, '2024-02-30')"
            + "| 22008 | date/time field value out of range: \"2024-02-30\"",
        "INSERT INTO child VALUES (7, 1), ('eight', 1)"
            + "| 22P02 | invalid input syntax for type integer: \"eight\"",
        "INSERT INTO child (id, s) SELECT i, power(10, i)::integer::text::smallint FROM"
            + " generate_series(2, 9) AS i"
            + "| 22003 | value \"100000\" is out of range for type smallint",
        "INSERT INTO child SELECT i, 1, 10 - i FROM generate_series(7, 11) AS i"
            + "| 23514 | new row for relation \"child\" violates check constraint \"child_n_check\"",
        "INSERT INTO child SELECT i, i - 6, 1 FROM generate_series(7, 11) AS i"
            + "| 23503 | insert or update on table \"child\" violates foreign key constraint"
            + " \"child_parent_fkey\"",
        "INSERT INTO child SELECT i, 1, i * 20 FROM generate_series(2, 6) AS i"
            + "| 22003 | numeric field overflow",
        "INSERT INTO child SELECT 9 - i, 1, 1 FROM generate_series(2, 8) AS i"
            + "| 23505 | duplicate key value violates unique constraint \"child_pkey\"",
        "INSERT INTO child VALUES (7, 1), (NULL, 1)"
            + "| 23502 | null value in column \"id\" of relation \"child\" violates not-null"
            + " constraint",
        "INSERT INTO child (id, v) VALUES (7, 'abc'), (8, 'abcd')"
            + "| 22001 | value too long for type character varying(3)",
        "INSERT INTO child (id, s) SELECT i, 16384 * i FROM generate_series(0, 3) AS i WHERE i <> 1"
            + "| 22003 | smallint out of range",
        "UPDATE child SET n = n / (id - 1) | 22012 | division by zero",
        "UPDATE child SET id = 2147483647 + id | 22003 | integer out of range",
        "UPDATE child SET s = s * 10000::smallint | 22003 | smallint out of range",
        "UPDATE child SET parent = 3"
            + "| 23503 | insert or update on table \"child\" violates foreign key constraint"
            + " \"child_parent_fkey\"",
        "UPDATE parent SET id = id + 10"
            + "| 23503 | update or delete on table \"parent\" violates foreign key constraint"
            + " \"child_parent_fkey\" on table \"child\"",
        "DELETE FROM parent"
            + "| 23503 | update or delete on table \"parent\" violates foreign key constraint"
            + " \"child_parent_fkey\" on table \"child\"",
        "CREATE TABLE made AS SELECT 10 / (3 - i) FROM generate_series(1, 5) AS i"
            + "| 22012 | division by zero",
        "ALTER TABLE child ADD COLUMN more integer, ADD CHECK (id > 1)"
            + "| 23514 | check constraint \"child_id_check\" of relation \"child\" is violated by"
            + " some row",
        "ALTER TABLE child ADD COLUMN more integer NOT NULL"
            + "| 23502 | column \"more\" of relation \"child\" contains null values",
        "ALTER TABLE child ALTER v TYPE integer USING v::integer"
            + "| 22P02 | invalid input syntax for type integer: \"abc\"",
        "TRUNCATE parent"
            + "| 0A000 | cannot truncate a table referenced in a foreign key constraint",
        "DROP TABLE parent"
            + "| 2BP01 | cannot drop table parent because other objects depend on it",
        "DROP TABLE child" + "| 2BP01 | cannot drop table child because other objects depend on it",
        "ALTER TABLE child DROP COLUMN id"
            + "| 2BP01 | cannot drop column id of table child because other objects depend on it",
      })
  void failedChangeLeavesNothing(String sql, String sqlState, String message) {
    assertFails(sql, sqlState, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 FORM child | 42601 | syntax error at or near \"child\"",
        "INSERT INTO child (id, s) VALUES (7, TRUE)"
            + "| 42804 | column \"s\" is of type smallint but expression is of type boolean",
        "SELECT nam FROM child | 42703 | column \"nam\" does not exist",
        "SELECT child.nam FROM child | 42703 | column child.nam does not exist",
        "INSERT INTO child (nam) VALUES (1)"
            + "| 42703 | column \"nam\" of relation \"child\" does not exist",
        "SELECT * FROM nothing | 42P01 | relation \"nothing\" does not exist",
        "SELECT nothing.id FROM child | 42P01 | missing FROM-clause entry for table \"nothing\"",
        "SELECT c.id FROM child AS c, child AS c"
            + "| 42712 | table name \"c\" specified more than once",
        "DROP TABLE nothing | 42P01 | table \"nothing\" does not exist",
        "DROP INDEX nothing | 42704 | index \"nothing\" does not exist",
        "SELECT nothing(1) | 42883 | function nothing(integer) does not exist",
        "SELECT 1 + TRUE | 42883 | operator does not exist: integer + boolean",
        "SELECT lower(1, 2) | 42883 | function lower(integer, integer) does not exist",
        "CREATE TABLE child (id integer) | 42P07 | relation \"child\" already exists",
        "CREATE INDEX child_by_n ON child (n) | 42P07 | relation \"child_by_n\" already exists",
        "CREATE TABLE twice (a integer, a text)"
            + "| 42701 | column \"a\" specified more than once",
        "CREATE TABLE twice (a integer PRIMARY KEY, b integer PRIMARY KEY)"
            + "| 42P16 | multiple primary keys for table \"twice\" are not allowed",
        "ALTER TABLE child ADD COLUMN n integer"
            + "| 42701 | column \"n\" of relation \"child\" already exists",
        "CREATE TABLE t (a nothing) | 42704 | type \"nothing\" does not exist",
        "CREATE TABLE nowhere.t (a integer) | 3F000 | schema \"nowhere\" does not exist",
        "SELECT id FROM child, parent | 42702 | column reference \"id\" is ambiguous",
        "SELECT n FROM child GROUP BY parent"
            + "| 42803 | column \"child.n\" must appear in the GROUP BY clause or be used in an"
            + " aggregate function",
        "SELECT id FROM child WHERE count(*) > 1"
            + "| 42803 | aggregate functions are not allowed in WHERE",
        "SELECT sum(count(*)) FROM child | 42803 | aggregate function calls cannot be nested",
        "SELECT id FROM child WHERE id"
            + "| 42804 | argument of WHERE must be type boolean, not type integer",
        "SELECT CASE WHEN TRUE THEN 1 ELSE DATE '2024-01-01' END"
            + "| 42804 | CASE types date and integer cannot be matched",
        "SELECT 1 UNION SELECT DATE '2024-01-01'"
            + "| 42804 | UNION types integer and date cannot be matched",
        "SELECT 1 UNION SELECT 1, 2"
            + "| 42601 | each UNION query must have the same number of columns",
        "INSERT INTO parent VALUES (7, 8)"
            + "| 42601 | INSERT has more expressions than target columns",
        "INSERT INTO parent (id) VALUES (7), (8, 9)"
            + "| 42601 | VALUES lists must all be the same length",
        "INSERT INTO child (id, parent) VALUES (7)"
            + "| 42601 | INSERT has more target columns than expressions",
        "SELECT (SELECT id FROM parent)"
            + "| 21000 | more than one row returned by a subquery used as an expression",
        "SELECT (SELECT 1, 2) | 42601 | subquery must return only one column",
        "SELECT 1 WHERE 1 IN (SELECT 1, 2) | 42601 | subquery has too many columns",
        "SELECT CAST(TRUE AS date) | 42846 | cannot cast type boolean to date",
        "SELECT 'abc'::integer | 22P02 | invalid input syntax for type integer: \"abc\"",
        "SELECT 'maybe'::boolean | 22P02 | invalid input syntax for type boolean: \"maybe\"",
        "SELECT '1.2.3'::numeric | 22P02 | invalid input syntax for type numeric: \"1.2.3\"",
        "SELECT 'x'::uuid | 22P02 | invalid input syntax for type uuid: \"x\"",
        "SELECT '{1,x}'::integer[] | 22P02 | invalid input syntax for type integer: \"x\"",
        "SELECT '{1'::integer[] | 22P02 | malformed array literal: \"{1\"",
        "SELECT '25:00'::time | 22008 | date/time field value out of range: \"25:00\"",
        "SELECT '1 lightyear'::interval"
            + "| 22007 | invalid input syntax for type interval: \"1 lightyear\"",
        "SELECT 9223372036854775807 + 1 | 22003 | bigint out of range",
        "SELECT '1e309'::double precision"
            + "| 22003 | \"1e309\" is out of range for type double precision",
        "SELECT 10.0 ^ 200000 | 22003 | value overflows numeric format",
        "SELECT 1 / 0 | 22012 | division by zero",
        "SELECT 1.5 % 0 | 22012 | division by zero",
        "SELECT ln(0) | 2201E | cannot take logarithm of zero",
        "SELECT sqrt(-1)| 2201F | cannot take square root of a negative number",
        "SELECT chr(-1) | 22023 | character number must be positive",
        "SELECT substring('abc', 1, -1) | 22011 | negative substring length not allowed",
        "SELECT 1 LIMIT -1 | 2201W | LIMIT must not be negative",
        "SELECT 1 OFFSET -1 | 2201X | OFFSET must not be negative",
        "SELECT 1 ORDER BY 2 | 42P10 | ORDER BY position 2 is not in select list",
        "SELECT DISTINCT id FROM child ORDER BY n"
            + "| 42P10 | for SELECT DISTINCT, ORDER BY expressions must appear in select list",
        "SELECT * | 42601 | SELECT * with no tables specified is not valid",
        "SELECT row_number() FROM child"
            + "| 42809 | window function row_number requires an OVER clause",
        "SELECT sum(n) OVER w FROM child | 42704 | window \"w\" does not exist",
        "SELECT id FROM child WHERE sum(n) OVER () > 1"
            + "| 42P20 | window functions are not allowed in WHERE",
        "SELECT generate_series(1, 2, 0) | 22023 | step size cannot equal zero",
        "SELECT 'ab' LIKE 'a\\' | 22025 | LIKE pattern must not end with escape character",
        "SELECT 'a' ~ '(' | 2201B | invalid regular expression: parentheses () not balanced",
        "SELECT nextval('nothing') | 42P01 | relation \"nothing\" does not exist",
        "SHOW nothing | 42704 | unrecognized configuration parameter \"nothing\"",
        "SELECT 'unended | 42601 | unterminated quoted string at or near \"'unended\"",
        "SELECT \"unended | 42601 | unterminated quoted identifier at or near \"\"unended\"",
        "SELECT /* open | 42601 | unterminated /* comment at or near \"/* open\""
      })
  void badStatementIsNamed(String sql, String sqlState, String message) {
    assertFails(sql, sqlState, message);
  }

  @Test
  void errorOfABlockEndsItWhole() {
    assertThatThrownBy(() ->
            client.transaction(tx -> {
              tx.execute("INSERT INTO parent VALUES (3)");
              try {
                tx.execute("INSERT INTO parent VALUES (3)");
              } catch (DistDbException duplicate) {
                assertThat(duplicate.sqlState()).isEqualTo("23505");
              }
              tx.execute("INSERT INTO parent VALUES (4)");
            }))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure ->
                assertThat(failure.sqlState() + " " + failure.getMessage())
                    .isEqualTo(
                        "25P02 current transaction is aborted, commands ignored until end of"
                            + " transaction block"));
    assertThat(client.query("SELECT count(*) AS n FROM parent").toList(row -> row.getLong("n")))
        .containsExactly(2L);
  }

  @Test
  void importNamesFileLineAndColumnAndKeepsNothing(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("children.csv"),
            "id,parent,n,d\n7,1,1.5,2024-01-01\n8,2,2.5,2024-01-02\n9,2,two,2024-01-03\n");
    List<String> before = everything();
    assertThatThrownBy(() ->
            client.execute(
                "COPY child (id, parent, n, d) FROM '" + file + "' (FORMAT csv, HEADER)"))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> {
              assertThat(failure.sqlState() + " " + failure.getMessage())
                  .isEqualTo("22P02 invalid input syntax for type numeric: \"two\"");
              assertThat(failure.context())
                  .hasValue("COPY child, line 4, column n: \"two\"\nfile " + file);
            });
    assertThat(everything()).isEqualTo(before);
  }
}
