// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Input and output as PostgreSQL 15 answered (input.txt), and against java.time. */
class DateTimeInputTest {
  private static final ZoneId ZONE = Answers.ZONE;
  private static final DateTimeContext CONTEXT = Answers.CONTEXT;

  static List<String> answers() throws IOException {
    return Answers.of("input.txt");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsPostgreSql(String line) {
    String[] columns = line.split("\\|", -1);
    assertThat(answer(columns[0], columns[1])).isEqualTo(columns[2]);
  }

  private static String answer(String type, String text) {
    return Answers.answer(() -> read(type, text));
  }

  private static String read(String type, String text) {
    return switch (type) {
      case "date" -> DateTimeText.date(DateTimeInput.date(text, CONTEXT));
      case "time" -> DateTimeText.time(DateTimeInput.time(text, CONTEXT));
      case "timestamp" -> DateTimeText.timestamp(DateTimeInput.timestamp(text, CONTEXT));
      case "timestamptz" ->
          DateTimeText.timestamptz(DateTimeInput.timestamptz(text, CONTEXT), ZONE);
      case "interval" -> DateTimeText.interval(DateTimeInput.interval(text));
      default -> throw new AssertionError(type);
    };
  }

  @Test
  void wordsCountFromTheTransaction() {
    assertThat(answer("date", "now")).isEqualTo("2024-02-28");
    assertThat(answer("date", "today")).isEqualTo("2024-02-28");
    assertThat(answer("date", "tomorrow")).isEqualTo("2024-02-29");
    assertThat(answer("timestamp", "yesterday 04:05")).isEqualTo("2024-02-27 04:05:00");
    assertThat(answer("timestamp", "now")).isEqualTo("2024-02-28 22:30:00");
    assertThat(answer("timestamptz", "now")).isEqualTo("2024-02-28 22:30:00-05");
    assertThat(answer("time", "now")).isEqualTo("22:30:00");
  }

  @Property
  void datesComeBack(@ForAll @IntRange(min = Dates.MIN, max = 2_145_031_948) int day) {
    assertThat(DateTimeInput.date(DateTimeText.date(day), CONTEXT)).isEqualTo(day);
  }

  @Property
  void timestampsComeBack(@ForAll @LongRange(min = Timestamps.MIN) long micros) {
    long timestamp = Math.min(micros, Timestamps.MAX);
    assertThat(DateTimeInput.timestamp(DateTimeText.timestamp(timestamp), CONTEXT))
        .isEqualTo(timestamp);
  }

  /** Not within the hour that happens twice: its text has an offset, so that it comes back too. */
  @Property
  void timestamptzComesBackInAnyZone(
      @ForAll @LongRange(min = -200_000_000_000_000_000L, max = 9_000_000_000_000_000_000L)
          long micros,
      @ForAll @IntRange(max = 500) int zoneNumber) {
    List<String> names = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    ZoneId zone = ZoneId.of(names.get(zoneNumber % names.size()));
    String text = DateTimeText.timestamptz(micros, zone);
    assertThat(DateTimeInput.timestamptz(text, new DateTimeContext(0, zone)))
        .as(text)
        .isEqualTo(micros);
  }

  @Property
  void dateTextIsThatOfJavaTime(@ForAll @IntRange(min = -700_000, max = 2_900_000) int day) {
    assertThat(DateTimeText.date(day)).isEqualTo(LocalDate.ofEpochDay(day).toString());
  }

  @Property
  void localTimesResolveAsJavaTimeDoesOutsideOfOverlaps(
      @ForAll @LongRange(min = -5_000_000_000L, max = 5_000_000_000L) long second) {
    LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    ZonedDateTime expected = local.atZone(ZONE).withLaterOffsetAtOverlap();
    assertThat(Timestamps.toUtc(second * Times.SECOND, ZONE))
        .isEqualTo(expected.toEpochSecond() * Times.SECOND);
  }
}
