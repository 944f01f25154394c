// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java values go in as parameters of every type and come back the same. */
class TypesTest {
  private static final UUID ID = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
  private static final OffsetDateTime MOMENT =
      OffsetDateTime.of(2020, 2, 29, 12, 34, 56, 789_000_000, ZoneOffset.UTC);

  private final ClientPlace place = newPlace();
  private Client client;

  ClientPlace newPlace() {
    return new ClientPlace.Embedded();
  }

  @BeforeEach
  void open() {
    client = place.open();
    client.execute(
        "CREATE TABLE v (id INTEGER PRIMARY KEY, s SMALLINT, n NUMERIC(10,2), r REAL, c VARCHAR(5),"
            + " b BYTEA, d DATE, t TIME, ts TIMESTAMP, tz TIMESTAMPTZ, i INTERVAL, u UUID,"
            + " a INTEGER[])");
  }

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void everyTypeGoesInAndComesBack() {
    Object[] given = {
      1,
      (short) 7,
      new BigDecimal("12.50"),
      1.5f,
      "abc",
      new byte[] {1, 2},
      LocalDate.of(2020, 2, 29),
      LocalTime.of(1, 2, 3),
      LocalDateTime.of(2020, 2, 29, 1, 2, 3),
      MOMENT,
      new Interval(1, 2, 3),
      ID,
      List.of(1, 2, 3)
    };
    client.execute("INSERT INTO v VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", given);
    List<Object[]> rows =
        client
            .query("SELECT * FROM v")
            .toList(row -> {
              Object[] read = new Object[given.length];
              for (int i = 0; i < read.length; i++) {
                read[i] = row.get(i);
              }
              return read;
            });
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst()).usingRecursiveComparison().isEqualTo(given);
  }

  @Test
  void durationsAndPeriodsAreIntervalsAndMomentsAreUtc() {
    client.execute("INSERT INTO v (id, i, tz) VALUES (1, ?, ?)", Duration.ofHours(2), MOMENT);
    client.execute("UPDATE v SET i = ? WHERE tz = ?", Period.of(1, 2, 3), MOMENT.toInstant());
    assertThat(client.query("SELECT i::text FROM v").toList(row -> row.getString(0)))
        .containsExactly("1 year 2 mons 3 days");
  }

  @Test
  void aListIsAnArrayForAny() {
    client.execute("INSERT INTO v (id) VALUES (1), (2), (3)");
    assertThat(
            client
                .query("SELECT id FROM v WHERE id = ANY(?) ORDER BY id", List.of(1, 3, 5))
                .toList(row -> row.getInt(0)))
        .containsExactly(1, 3);
  }

  @Test
  void lengthsAndRangesAreKept() {
    assertThatThrownBy(() -> client.execute("INSERT INTO v (id, c) VALUES (1, ?)", "abcdef"))
        .isInstanceOfSatisfying(
            DistDbException.class, e -> assertThat(e.sqlState()).isEqualTo("22001"));
    assertThatThrownBy(() -> client.execute("INSERT INTO v (id, s) VALUES (1, ?)", 40_000))
        .isInstanceOfSatisfying(
            DistDbException.class, e -> assertThat(e.sqlState()).isEqualTo("22003"));
  }
}
