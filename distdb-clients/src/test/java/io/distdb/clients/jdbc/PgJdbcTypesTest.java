// SPDX-License-Identifier: MIT
package io.distdb.clients.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.clients.ClientNode;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PGInterval;

/** Values there and back: each of pgjdbc's ways to ask, text and binary. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PgJdbcTypesTest {
  /** Uses that make pgjdbc go from text to binary. */
  private static final int RUNS = 7;

  private ClientNode node;

  @BeforeAll
  void start() throws SQLException {
    node = new ClientNode();
    try (Connection connection = node.connect("");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE kinds (id integer PRIMARY KEY, d date, t time, ts timestamp,"
              + " tstz timestamptz, u uuid, b bytea, n numeric, bo boolean, f4 real, f8 float8,"
              + " s text, i2 smallint, i8 bigint, vc varchar(10), ch char(5), iv interval,"
              + " ia integer[], ta text[], na numeric[], tsa timestamp[], ba boolean[],"
              + " ua uuid[], bya bytea[])");
    }
  }

  @AfterAll
  void stop() {
    node.close();
  }

  /** What goes into a column, and comes back from it as an equal object of the same class. */
  private static Map<String, Object> values(boolean extremes) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("d", extremes ? LocalDate.of(4, 2, 29) : LocalDate.of(2024, 2, 29));
    values.put("t", LocalTime.of(23, 59, 59, 999_999_000));
    values.put("ts", LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_000));
    values.put("tstz", OffsetDateTime.of(2024, 7, 1, 12, 0, 0, 1_000, ZoneOffset.UTC));
    values.put("u", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
    values.put("b", new byte[] {0, 1, -1, '\\', '\''});
    values.put("n", new BigDecimal(extremes ? "1E-200" : "1234567890123456789012.000000001"));
    values.put("bo", !extremes);
    values.put("f4", extremes ? Float.NaN : 1.1f);
    values.put("f8", extremes ? Double.NEGATIVE_INFINITY : 1e300);
    values.put("s", extremes ? "é☃x".repeat(300_000) : "");
    values.put("i2", Short.MIN_VALUE);
    values.put("i8", Long.MIN_VALUE);
    values.put("vc", "a'\"\\b");
    values.put("ch", "ab   ");
    values.put("iv", new PGInterval(1, 2, 3, 4, 5, 6.5));
    return values;
  }

  private static Map<String, Object[]> arrays() {
    Map<String, Object[]> arrays = new LinkedHashMap<>();
    arrays.put("ia int4", new Integer[] {1, null, -3});
    arrays.put("ta text", new String[] {"a,\"b\\", null, "", "NULL", "é"});
    arrays.put("na numeric", new BigDecimal[] {new BigDecimal("1.50"), null});
    arrays.put("tsa timestamp", new Timestamp[] {Timestamp.valueOf("2001-02-03 04:05:06.789")});
    arrays.put("ba bool", new Boolean[] {true, false, null});
    arrays.put("ua uuid", new UUID[] {new UUID(1, 2)});
    arrays.put("bya bytea", new byte[][] {{1, 2}, {}});
    return arrays;
  }

  private static void insert(Connection connection, int id, boolean extremes) throws SQLException {
    String places = ", ?".repeat(values(extremes).size() + arrays().size());
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO kinds VALUES (?" + places + ")")) {
      int place = 1;
      insert.setInt(place++, id);
      for (Object value : values(extremes).values()) {
        if (value instanceof byte[] bytes) {
          insert.setBytes(place++, bytes);
        } else {
          insert.setObject(place++, value);
        }
      }
      for (Map.Entry<String, Object[]> array : arrays().entrySet()) {
        String type = array.getKey().split(" ")[1];
        insert.setArray(place++, connection.createArrayOf(type, array.getValue()));
      }
      assertThat(insert.executeUpdate()).isOne();
    }
  }

  private static void assertRow(ResultSet row, boolean extremes) throws SQLException {
    for (Map.Entry<String, Object> value : values(extremes).entrySet()) {
      Object expected = value.getValue();
      Object found =
          expected instanceof byte[]
              ? row.getBytes(value.getKey())
              : row.getObject(value.getKey(), expected.getClass());
      assertThat(found).as(value.getKey()).isEqualTo(expected);
    }
    for (Map.Entry<String, Object[]> array : arrays().entrySet()) {
      Array found = row.getArray(array.getKey().split(" ")[0]);
      assertThat(Arrays.deepEquals((Object[]) found.getArray(), array.getValue()))
          .as("%s: %s", array.getKey(), found)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prepareThreshold=-1",
        "binaryTransfer=false",
        "preferQueryMode=simple",
        "preferQueryMode=extendedForPrepared",
        "preferQueryMode=extendedCacheEverything",
        "stringtype=unspecified"
      })
  void valuesComeBackAsTheyWere(String parameters) throws SQLException {
    try (Connection connection = node.connect(parameters);
        Statement statement = connection.createStatement();
        PreparedStatement query = connection.prepareStatement("SELECT * FROM kinds WHERE id = ?")) {
      statement.execute("DELETE FROM kinds");
      for (int id = 1; id <= RUNS; id++) {
        insert(connection, id, id % 2 == 0);
      }
      for (int id = 1; id <= RUNS; id++) {
        query.setInt(1, id);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertRow(rows, id % 2 == 0);
          assertThat(rows.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "prepareThreshold=-1", "preferQueryMode=simple"})
  void aParameterOfEachTypeFindsTheRow(String parameters) throws SQLException {
    try (Connection connection = node.connect(parameters);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM kinds");
      insert(connection, 1, false);
      for (Map.Entry<String, Object> value : values(false).entrySet()) {
        if (value.getKey().equals("f4")) {
          continue; // 1.1 of four bytes is not 1.1 of eight
        }
        try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT count(*) FROM kinds WHERE " + value.getKey() + " = ?")) {
          query.setObject(1, value.getValue());
          try (ResultSet rows = query.executeQuery()) {
            rows.next();
            assertThat(rows.getInt(1)).as(value.getKey()).isOne();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "prepareThreshold=-1", "preferQueryMode=simple"})
  void nullsNotANumberAndInfiniteDatesComeBack(String parameters) throws SQLException {
    try (Connection connection = node.connect(parameters);
        Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO kinds (id, n, ts, u) VALUES (?, ?, ?, ?)")) {
      statement.execute("DELETE FROM kinds");
      insert.setInt(1, 1);
      insert.setNull(2, Types.NUMERIC);
      insert.setNull(3, Types.TIMESTAMP);
      insert.setNull(4, Types.OTHER);
      assertThat(insert.executeUpdate()).isOne();
      statement.execute("INSERT INTO kinds (id, n, ts) VALUES (2, 'NaN', 'infinity')");
      try (PreparedStatement query =
              connection.prepareStatement("SELECT n, ts, u FROM kinds ORDER BY id");
          ResultSet rows = query.executeQuery()) {
        rows.next();
        assertThat(rows.getBigDecimal(1)).isNull();
        assertThat(rows.getTimestamp(2)).isNull();
        assertThat(rows.getObject(3)).isNull();
        rows.next();
        assertThat(rows.getDouble(1)).isNaN();
        assertThat(rows.getObject(2, LocalDateTime.class)).isEqualTo(LocalDateTime.MAX);
      }
    }
  }
}
