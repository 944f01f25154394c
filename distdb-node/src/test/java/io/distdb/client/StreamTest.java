// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows as a stream, and the conveniences for one row and one value. */
class StreamTest {
  private final ClientPlace place = newPlace();
  private final Client client = place.open();

  ClientPlace newPlace() {
    return new ClientPlace.Embedded();
  }

  @AfterEach
  void close() {
    place.close();
  }

  private static void fails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DistDbException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  /** Only a database without sessions can be dropped: so sessions that are out are seen. */
  private void assertNoSessionIsOut(Client shop) {
    shop.close();
    int tries = 0;
    while (!isDropped()) {
      // The server gives those who went some seconds; a machine that stalls may take longer.
      assertThat(++tries).isLessThan(12);
    }
  }

  private boolean isDropped() {
    try {
      client.execute("DROP DATABASE shop");
      return true;
    } catch (DistDbException inUse) {
      assertThat(inUse.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
      return false;
    }
  }

  private Client shop() {
    client.execute("CREATE DATABASE shop");
    return client.database("shop");
  }

  @Test
  void rowsMayBeKept() {
    try (Stream<Row> rows =
        client.stream("SELECT n, 'row ' || n AS name FROM generate_series(1, $1) n", 3)) {
      List<Row> kept = rows.toList();
      assertThat(kept.stream().map(row -> row.getInt("n"))).containsExactly(1, 2, 3);
      assertThat(kept.get(1).getString("name")).isEqualTo("row 2");
      assertThat(kept.get(2)).hasToString("[3, row 3]");
    }
  }

  @Test
  void aLargeResultTakesNoMemory() {
    client.execute("SET query_memory = '64kB'");
    try (Stream<Row> rows = client.stream("SELECT n FROM generate_series(1, 3000000) n")) {
      assertThat(rows.mapToLong(row -> row.getLong(0)).sum()).isEqualTo(4_500_001_500_000L);
    }
  }

  @Test
  void anEndlessResultIsReadAsFarAsSomebodyWants() {
    try (Stream<Row> rows = client.stream("SELECT n FROM generate_series(1, 1000000000000) n")) {
      assertThat(rows.limit(5).map(row -> row.get(0))).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void closingEarlyFreesTheSession() {
    Client shop = shop();
    try (Stream<Row> rows = shop.stream("SELECT n FROM generate_series(1, 100000) n")) {
      assertThat(rows.findFirst().orElseThrow().getLong(0)).isEqualTo(1);
    }
    assertNoSessionIsOut(shop);
  }

  @Test
  void readingToTheEndFreesTheSessionToo() {
    Client shop = shop();
    assertThat(shop.stream("SELECT n FROM generate_series(1, 10) n").count()).isEqualTo(10);
    assertNoSessionIsOut(shop);
  }

  @Test
  void theErrorOfALaterRowSurfacesAndFreesTheSession() {
    Client shop = shop();
    Stream<Row> rows = shop.stream("SELECT 1 / (5000 - n) FROM generate_series(1, 10000) n");
    fails(ErrorCode.DIVISION_BY_ZERO, () -> rows.forEach(row -> {}));
    assertNoSessionIsOut(shop);
  }

  @Test
  void aParallelStreamReadsEveryRowOnce() {
    try (Stream<Row> rows = client.stream("SELECT n FROM generate_series(1, 20000) n")) {
      assertThat(rows.parallel().mapToLong(row -> row.getLong(0)).sum()).isEqualTo(200_010_000L);
    }
  }

  @Test
  void aStreamOfATransactionEndsWithIt() {
    client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    AtomicReference<Stream<Row>> escaped = new AtomicReference<>();
    client.transaction(tx -> {
      tx.execute("INSERT INTO t SELECT n FROM generate_series(1, 10) n");
      assertThat(tx.stream("SELECT id FROM t").count()).isEqualTo(10);
      escaped.set(tx.stream("SELECT id FROM t"));
    });
    assertThat(escaped.get().count()).isZero();
  }

  @Test
  void keptRowsAreReadAsRowsAre() {
    Row row =
        client.stream(
                "SELECT 7::smallint AS s, 8 AS i, 9::numeric AS n, 1.5::real AS r, true AS b,"
                    + " NULL::int AS z, 1.25 AS d, 'x' AS t")
            .toList()
            .getFirst();
    assertThat(List.of(row.getInt("s"), row.getInt("i"), row.getInt("n"), row.getInt("z")))
        .containsExactly(7, 8, 9, 0);
    assertThat(row.getDouble("r")).isEqualTo(1.5);
    assertThat(row.getDouble("d")).isEqualTo(1.25);
    assertThat(row.getDouble("i")).isEqualTo(8);
    assertThat(row.getBoolean("b")).isTrue();
    assertThat(row.isNull("z")).isTrue();
    assertThat(row.getString("t")).isEqualTo("x");
    fails(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, () -> row.getLong("d"));
    fails(ErrorCode.DATATYPE_MISMATCH, () -> row.getString("i"));
    fails(ErrorCode.DATATYPE_MISMATCH, () -> row.getBoolean("i"));
    fails(ErrorCode.DATATYPE_MISMATCH, () -> row.getLong("t"));
    fails(ErrorCode.UNDEFINED_COLUMN, () -> row.getLong("nowhere"));
  }

  @Test
  void oneValueIsAskedForByItsType() {
    assertThat(client.queryValue("SELECT count(*) FROM generate_series(1, 4)", Long.class))
        .isEqualTo(4);
    assertThat(client.queryValue("SELECT $1::numeric + 1", BigDecimal.class, 2))
        .isEqualByComparingTo("3");
    assertThat(client.queryValue("SELECT NULL::text", String.class)).isNull();
    assertThat(client.queryValue("SELECT 1 WHERE false", Integer.class)).isNull();
    fails(
        ErrorCode.CARDINALITY_VIOLATION,
        () -> client.queryValue("SELECT n FROM generate_series(1, 2) n", Integer.class));
    fails(ErrorCode.SYNTAX_ERROR, () -> client.queryValue("SELECT 1, 2", Integer.class));
    fails(ErrorCode.CANNOT_COERCE, () -> client.queryValue("SELECT 'x'", Integer.class));
  }

  @Test
  void oneRowIsMapped() {
    assertThat(
            client.queryOne("SELECT 1 AS a, 'b' AS b", row -> row.getInt("a") + row.getString(1)))
        .contains("1b");
    Optional<Integer> none = client.queryOne("SELECT 1 WHERE false", row -> row.getInt(0));
    assertThat(none).isEmpty();
    fails(
        ErrorCode.CARDINALITY_VIOLATION,
        () -> client.queryOne("SELECT n FROM generate_series(1, 2) n", row -> row.getInt(0)));
  }
}
