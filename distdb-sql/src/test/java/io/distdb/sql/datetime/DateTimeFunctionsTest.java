// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of dates and times as PostgreSQL 15 answered, and against java.time. */
class DateTimeFunctionsTest {
  static List<String> extracts() throws IOException {
    return Answers.of("extract.txt");
  }

  static List<String> truncations() throws IOException {
    return Answers.of("truncate.txt");
  }

  static List<String> arithmetic() throws IOException {
    return Answers.of("arithmetic.txt");
  }

  @ParameterizedTest
  @MethodSource("extracts")
  void extractsAsPostgreSql(String line) {
    String[] columns = line.split("\\|", -1);
    assertThat(Answers.answer(() -> extract(columns[0], columns[1], columns[2])))
        .isEqualTo(columns[3]);
  }

  private static String extract(String field, String type, String value) {
    Numeric number =
        switch (type) {
          case "date" -> Extract.fromDate(field, Answers.date(value));
          case "time" -> Extract.fromTime(field, Answers.time(value));
          case "timestamp" -> Extract.fromTimestamp(field, Answers.timestamp(value));
          case "timestamptz" ->
              Extract.fromTimestamptz(field, Answers.timestamptz(value), Answers.ZONE);
          case "interval" -> Extract.fromInterval(field, DateTimeInput.interval(value));
          default -> throw new AssertionError(type);
        };
    return number == null ? null : number.toString();
  }

  @ParameterizedTest
  @MethodSource("truncations")
  void truncatesAsPostgreSql(String line) {
    String[] columns = line.split("\\|", -1);
    assertThat(Answers.answer(() -> truncate(columns[0], columns[1], columns[2])))
        .isEqualTo(columns[3]);
  }

  private static String truncate(String unit, String type, String value) {
    return switch (type) {
      case "timestamp" ->
          DateTimeText.timestamp(Truncate.timestamp(unit, Answers.timestamp(value)));
      case "timestamptz" ->
          Answers.timestamptzText(
              Truncate.timestamptz(unit, Answers.timestamptz(value), Answers.ZONE));
      case "interval" ->
          DateTimeText.interval(Truncate.interval(unit, DateTimeInput.interval(value)));
      default -> throw new AssertionError(type);
    };
  }

  @ParameterizedTest
  @MethodSource("arithmetic")
  void calculatesAsPostgreSql(String line) {
    String[] columns = line.split("\\|", -1);
    assertThat(Answers.answer(() -> calculate(columns[0], columns[1], columns[2])))
        .isEqualTo(columns[3]);
  }

  private static String calculate(String function, String first, String second) {
    return switch (function) {
      case "plus" ->
          DateTimeText.timestamp(
              Timestamps.plus(Answers.timestamp(first), DateTimeInput.interval(second)));
      case "plustz" ->
          Answers.timestamptzText(
              Timestamps.plus(
                  Answers.timestamptz(first), DateTimeInput.interval(second), Answers.ZONE));
      case "make_date" -> {
        int[] parts = Arrays.stream(first.split(",")).mapToInt(Integer::parseInt).toArray();
        yield DateTimeText.date(Dates.of(parts[0], parts[1], parts[2]));
      }
      case "make_time" -> {
        double[] parts = doubles(first);
        yield DateTimeText.time(Times.of((int) parts[0], (int) parts[1], parts[2]));
      }
      case "to_timestamp" ->
          Answers.timestamptzText(
              Timestamps.ofEpochSeconds(Double.parseDouble(first.replace("'", ""))));
      default -> DateTimeText.interval(interval(function, first, second));
    };
  }

  private static double[] doubles(String list) {
    return Arrays.stream(list.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  private static Interval interval(String function, String first, String second) {
    return switch (function) {
      case "age" -> Intervals.age(Answers.timestamp(first), Answers.timestamp(second));
      case "minus" -> Intervals.between(Answers.timestamp(second), Answers.timestamp(first));
      case "times" -> Intervals.times(DateTimeInput.interval(first), Double.parseDouble(second));
      case "divide" -> Intervals.divide(DateTimeInput.interval(first), Double.parseDouble(second));
      case "justify_hours" -> Intervals.justifyHours(DateTimeInput.interval(first));
      case "justify_days" -> Intervals.justifyDays(DateTimeInput.interval(first));
      case "justify_interval" -> Intervals.justify(DateTimeInput.interval(first));
      case "make_interval" -> {
        double[] parts = Arrays.copyOf(doubles(first), 7);
        yield Intervals.of(
            (int) parts[0],
            (int) parts[1],
            (int) parts[2],
            (int) parts[3],
            (int) parts[4],
            (int) parts[5],
            parts[6]);
      }
      default -> throw new AssertionError(function);
    };
  }

  @Property
  void addingMonthsAndDaysIsThatOfJavaTime(
      @ForAll @LongRange(min = -60_000_000_000L, max = 60_000_000_000L) long second,
      @ForAll @IntRange(min = -5_000, max = 5_000) int months,
      @ForAll @IntRange(min = -50_000, max = 50_000) int days) {
    LocalDateTime expected =
        LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).plusMonths(months).plusDays(days);
    assertThat(Timestamps.plus(second * Times.SECOND, new Interval(months, days, 0)))
        .isEqualTo(expected.toEpochSecond(ZoneOffset.UTC) * Times.SECOND);
  }

  @Property
  void truncationIsThatOfJavaTime(
      @ForAll @LongRange(min = -60_000_000_000_000_000L, max = 60_000_000_000_000_000L)
          long micros) {
    for (ChronoUnit unit : List.of(ChronoUnit.SECONDS, ChronoUnit.MINUTES, ChronoUnit.HOURS)) {
      LocalDateTime cut = Timestamps.localDateTime(micros).truncatedTo(unit);
      assertThat(Truncate.timestamp(unit.name().toLowerCase(java.util.Locale.ROOT), micros))
          .isEqualTo(cut.toEpochSecond(ZoneOffset.UTC) * Times.SECOND);
    }
  }

  @Property
  void intervalTextComesBack(@ForAll int months, @ForAll int days, @ForAll long micros) {
    Interval interval = new Interval(months, days, micros);
    assertThat(DateTimeInput.interval(DateTimeText.interval(interval))).isEqualTo(interval);
  }

  @Property
  void ageAddsUpToTheLaterTime(
      @ForAll @LongRange(min = -60_000_000_000L, max = 60_000_000_000L) long first,
      @ForAll @LongRange(min = 0, max = 60_000_000_000L) long more) {
    Interval age = Intervals.age((first + more) * Times.SECOND, first * Times.SECOND);
    assertThat(age.months()).isNotNegative();
    assertThat(age.days()).isBetween(0, 31);
    assertThat(age.micros()).isBetween(0L, Times.DAY - 1);
  }
}
