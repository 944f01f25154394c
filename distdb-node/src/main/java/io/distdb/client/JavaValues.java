// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Java's decimals, dates, times, bytes and lists as SQL values and back. Nanoseconds are cut off to
 * microseconds; SQL's infinite dates and times have no Java counterpart and are refused.
 */
final class JavaValues {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private JavaValues() {}

  /**
   * @param type what the statement wants of the parameter
   * @param position of the parameter, from 0
   */
  static Value toValue(Object parameter, SqlType type, int position) {
    return switch (parameter) {
      case BigDecimal number -> Value.of(Numeric.of(number));
      case BigInteger number -> Value.of(Numeric.of(number));
      case LocalDate date -> ofDate(date, type);
      case LocalTime time -> new Value.TimeValue(time.toNanoOfDay() / 1_000);
      case LocalDateTime moment -> new Value.TimestampValue(micros(moment));
      case OffsetDateTime moment -> new Value.TimestamptzValue(micros(moment.toInstant()));
      case ZonedDateTime moment -> new Value.TimestamptzValue(micros(moment.toInstant()));
      case Instant moment -> new Value.TimestamptzValue(micros(moment));
      case Duration duration -> new Value.IntervalValue(new Interval(0, 0, micros(duration)));
      case Period period ->
          new Value.IntervalValue(
              new Interval(Math.toIntExact(period.toTotalMonths()), period.getDays(), 0));
      case Interval interval -> new Value.IntervalValue(interval);
      case UUID uuid -> new Value.UuidValue(uuid);
      case byte[] bytes -> new Value.ByteaValue(Bytes.wrap(bytes.clone()));
      case Bytes bytes -> new Value.ByteaValue(bytes);
      case List<?> list -> ofList(list, type, position);
      case Object[] array -> ofList(Arrays.asList(array), type, position);
      case int[] array -> ofList(Arrays.stream(array).boxed().toList(), type, position);
      case long[] array -> ofList(Arrays.stream(array).boxed().toList(), type, position);
      case double[] array -> ofList(Arrays.stream(array).boxed().toList(), type, position);
      default -> throw unknown(parameter, position);
    };
  }

  private static DistDbException unknown(Object parameter, int position) {
    return new DistDbException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "parameter $"
            + (position + 1)
            + " is a "
            + parameter.getClass().getName()
            + "; give a Boolean, a number, a String, a java.time value, a UUID, a byte[], a List or"
            + " a Value");
  }

  private static Value ofDate(LocalDate date, SqlType type) {
    return type.unmodified() == SqlType.TIMESTAMP
        ? new Value.TimestampValue(micros(date.atStartOfDay()))
        : new Value.DateValue(Math.toIntExact(date.toEpochDay()));
  }

  private static Value ofList(List<?> list, SqlType type, int position) {
    if (!(type instanceof SqlType.Array array)) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "parameter $" + (position + 1) + " is a list, where " + type.sqlName() + " is asked for");
    }
    List<Value> elements = new ArrayList<>(list.size());
    Object[] one = new Object[1];
    for (Object element : list) {
      one[0] = element;
      elements.add(Parameters.toValues(one, List.of(array.element()))[0]);
    }
    return new Value.ArrayValue(SqlArray.of(array.element().unmodified(), elements));
  }

  private static long micros(LocalDateTime moment) {
    return micros(moment.toInstant(ZoneOffset.UTC));
  }

  private static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), MICROS_PER_SECOND), duration.getNano() / 1_000);
  }

  /**
   * Null for NULL; a {@link List} for an array of one dimension, a list of lists for more; a list
   * of the fields for a row.
   */
  static Object toJava(Value value) {
    return switch (value) {
      case Value.Null none -> null;
      case Value.BooleanValue(boolean truth) -> truth;
      case Value.SmallintValue(short number) -> number;
      case Value.IntegerValue(int number) -> number;
      case Value.BigintValue(long number) -> number;
      case Value.RealValue(float number) -> number;
      case Value.DoubleValue(double number) -> number;
      case Value.NumericValue(Numeric number) ->
          number.isFinite() ? number.decimal() : (Object) number.doubleValue();
      case Value.TextValue(String text) -> text;
      case Value.ByteaValue(Bytes bytes) -> bytes.array().clone();
      case Value.DateValue(int days) -> {
        checkFinite(days == Integer.MAX_VALUE || days == Integer.MIN_VALUE, value);
        yield LocalDate.ofEpochDay(days);
      }
      case Value.TimeValue(long micros) ->
          micros == Interval.MICROS_PER_DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(micros * 1_000);
      case Value.TimestampValue(long micros) ->
          LocalDateTime.ofInstant(instant(micros, value), ZoneOffset.UTC);
      case Value.TimestamptzValue(long micros) -> instant(micros, value).atOffset(ZoneOffset.UTC);
      case Value.IntervalValue(Interval interval) -> interval;
      case Value.UuidValue(UUID uuid) -> uuid;
      case Value.OidValue(SqlType.Scalar type, long number) -> number;
      case Value.ReferenceValue(CatalogReference reference) -> reference.text();
      case Value.ArrayValue(SqlArray array) -> list(array, 0, 0, array.elements().size());
      case Value.RowValue(SqlRow row) -> {
        List<Object> fields = new ArrayList<>(row.values().size());
        row.values().forEach(field -> fields.add(toJava(field)));
        yield fields;
      }
    };
  }

  private static Instant instant(long micros, Value value) {
    checkFinite(micros == Long.MAX_VALUE || micros == Long.MIN_VALUE, value);
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
  }

  private static void checkFinite(boolean infinite, Value value) {
    if (infinite) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW,
          "an infinite " + value.type().sqlName() + " has no counterpart in java.time");
    }
  }

  private static List<Object> list(SqlArray array, int depth, int from, int to) {
    List<Object> list = new ArrayList<>();
    if (array.isEmpty()) {
      return list;
    }
    int length = array.dimensions().get(depth).length();
    int width = (to - from) / length;
    boolean innermost = depth == array.dimensions().size() - 1;
    for (int i = 0; i < length; i++) {
      int start = from + i * width;
      list.add(
          innermost
              ? toJava(array.elements().get(start))
              : list(array, depth + 1, start, start + width));
    }
    return list;
  }
}
