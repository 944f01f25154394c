// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Huge statements get their answer, or an error that names the limit; the session goes on. */
class HugeInputTest {
  private final Client client = Client.open();

  HugeInputTest() {
    client.execute("CREATE TABLE t (id integer PRIMARY KEY)");
    client.execute("INSERT INTO t VALUES (1), (2), (3)");
  }

  @AfterEach
  void close() {
    client.close();
  }

  private void assertFails(String sql, String sqlState, String part) {
    assertThatThrownBy(() -> client.execute(sql))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> {
              assertThat(failure.sqlState()).as(failure.toString()).isEqualTo(sqlState);
              assertThat(failure.getMessage()).contains(part);
            });
    assertThat(integers("SELECT count(*)::integer AS n FROM t")).containsExactly(3);
  }

  private List<Integer> integers(String sql, Object... parameters) {
    return client.query(sql, parameters).toList(row -> row.getInt(0));
  }

  private static String list(int count, IntFunction<String> of) {
    return IntStream.range(0, count).mapToObj(of).collect(Collectors.joining(", "));
  }

  @Test
  void tableHasAtMost1600Columns() {
    client.execute("CREATE TABLE wide (" + list(1_600, i -> "c" + i + " integer") + ")");
    client.execute("INSERT INTO wide (c0, c1599) VALUES (1, 2)");
    assertThat(integers("SELECT c0 + c1599 FROM wide")).containsExactly(3);
    assertThat(client.query("SELECT * FROM wide").toList(row -> row.getInt(1_599)))
        .containsExactly(2);
    String message = "tables can have at most 1600 columns";
    assertFails(
        "CREATE TABLE wider (" + list(1_601, i -> "c" + i + " integer") + ")", "54011", message);
    assertFails("SELECT * FROM wider", "42P01", "wider");
    assertFails("ALTER TABLE wide ADD COLUMN one_more integer", "54011", message);
    assertFails("CREATE TABLE wider AS SELECT *, 1 AS one_more FROM wide", "54011", message);
  }

  @Test
  void statementHasAtMost65535Parameters() {
    Object[] values = IntStream.rangeClosed(1, 65_535).boxed().toArray();
    String most = list(65_535, i -> "$" + (i + 1));
    assertThat(integers("SELECT id FROM t WHERE id IN (" + most + ") ORDER BY id", values))
        .containsExactly(1, 2, 3);
    assertFails("SELECT 1 WHERE 1 IN (" + most + ", $65536)", "54000", "65535");
  }

  @Test
  void deepNestingIsRefused() {
    assertFails("SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000), "54001", "nest");
    assertFails("SELECT " + "(SELECT ".repeat(10_000) + "1" + ")".repeat(10_000), "54001", "nest");
    assertFails("SELECT 1 FROM t WHERE " + "NOT ".repeat(10_000) + "TRUE", "54001", "nest");
    assertFails(
        "SELECT 1 WHERE " + "1 IN (SELECT id FROM t WHERE ".repeat(60) + "TRUE" + ")".repeat(60),
        "54001",
        "nest");
  }

  @Test
  void fortySubqueriesWithinEachOtherAreAnswered() {
    assertThat(
            integers(
                "SELECT id FROM t WHERE "
                    + "id IN (SELECT id FROM t WHERE ".repeat(40)
                    + "id > 1"
                    + ")".repeat(40)
                    + " ORDER BY id"))
        .containsExactly(2, 3);
  }

  @Test
  void longListsAreAnswered() {
    String most = list(200_000, Integer::toString);
    assertThat(most.length()).isGreaterThan(1 << 20);
    assertThat(integers("SELECT id FROM t WHERE id IN (" + most + ") ORDER BY id"))
        .containsExactly(1, 2, 3);
    client.execute("CREATE TABLE many (i integer)");
    client.execute("INSERT INTO many VALUES " + list(50_000, i -> "(" + i + ")"));
    assertThat(integers("SELECT count(*)::integer FROM many")).containsExactly(50_000);
    assertThat(integers("SELECT " + "1 + ".repeat(300) + "1")).containsExactly(301);
  }

  @Test
  void longStatementIsRefused() {
    assertFails("SELECT '" + "x".repeat(5 << 20) + "'", "54000", "statement");
  }

  @Test
  void longNameIsRefused() {
    assertFails("SELECT 1 AS " + "n".repeat(64), "42622", "63");
  }

  @Test
  void manyTablesAreRefused() {
    assertFails("SELECT 1 FROM " + list(101, i -> "t AS t" + i), "54001", "100");
  }
}
