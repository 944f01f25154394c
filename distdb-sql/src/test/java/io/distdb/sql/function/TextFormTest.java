// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.SqlValues;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Timestamps;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What a type writes it reads back, and dates read as java.time's do. */
class TextFormTest {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  /** A value and its type. */
  record Typed(SqlType type, Value value) {}

  @Provide
  Arbitrary<Typed> values() {
    return SqlValues.types()
        .flatMap(type -> SqlValues.of(type).map(value -> new Typed(type, value)))
        .filter(typed -> isInRange(typed.value()));
  }

  /** Every long is a key, but not every one a date. */
  private static boolean isInRange(Value value) {
    return switch (value) {
      case Value.DateValue v ->
          !Dates.isFinite(v.value()) || v.value() >= Dates.MIN && v.value() <= Dates.MAX;
      case Value.TimestampValue v -> isMoment(v.value());
      case Value.TimestamptzValue v -> isMoment(v.value());
      case Value.ArrayValue v -> v.value().elements().stream().allMatch(TextFormTest::isInRange);
      default -> true;
    };
  }

  private static boolean isMoment(long micros) {
    return !Timestamps.isFinite(micros) || micros >= Timestamps.MIN && micros <= Timestamps.MAX;
  }

  @Property(tries = 5_000)
  void whatIsWrittenReadsBack(@ForAll("values") Typed typed) {
    String text = TypeOutput.text(typed.value(), ZoneOffset.UTC);
    Value read = TypeInput.read(text, typed.type());
    assertThat(read).as(text).isEqualTo(typed.value());
    assertThat(TypeOutput.text(read, ZoneOffset.UTC)).isEqualTo(text);
  }

  @Property(tries = 1_000)
  void timestampsAreThoseOfJavaTime(
      @ForAll @LongRange(min = -60_000_000_000L, max = 250_000_000_000L) long seconds,
      @ForAll @IntRange(max = 999_999) int micros) {
    LocalDateTime moment = LocalDateTime.ofEpochSecond(seconds, micros * 1_000, ZoneOffset.UTC);
    Assume.that(moment.getYear() >= 1 && moment.getYear() <= 9_999);
    String text = moment.format(MICROS);
    assertThat(TypeInput.read(text, SqlType.TIMESTAMP))
        .isEqualTo(new Value.TimestampValue(seconds * 1_000_000 + micros));
    assertThat(TypeInput.read(text.substring(0, 10), SqlType.DATE))
        .isEqualTo(new Value.DateValue((int) LocalDate.from(moment).toEpochDay()));
  }

  @Property(tries = 500)
  void timestamptzFollowsTheZoneAsJavaTimeDoes(
      @ForAll @LongRange(min = 0, max = 2_000_000_000L) long seconds) {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    Value value = new Value.TimestamptzValue(seconds * 1_000_000);
    String text = TypeOutput.text(value, zone);
    assertThat(text).startsWith(Instant.ofEpochSecond(seconds).atZone(zone).format(SECONDS) + "+0");
    assertThat(TypeInput.read(text, SqlType.TIMESTAMPTZ)).isEqualTo(value);
  }
}
