// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What type modifiers do to a value of the unmodified type: PostgreSQL's length coercion
 * (documentation, 8.1.2, 8.3, 8.5).
 */
public final class Lengths {
  private static final int FRACTION_DIGITS_MAX = 6;

  private Lengths() {}

  /**
   * {@code value}, of the unmodified type, as {@code type}.
   *
   * @param explicit whether CAST asks
   */
  public static Value apply(Value value, SqlType type, boolean explicit) {
    return switch (type) {
      case SqlType.Scalar scalar -> value;
      case RowType row -> value;
      case SqlType.Modified modified -> apply(value, modified, explicit);
      case SqlType.Array array -> {
        if (!(value instanceof Value.ArrayValue whole)
            || array.element() instanceof SqlType.Scalar) {
          yield value;
        }
        List<Value> elements = new ArrayList<>();
        whole.value().elements().forEach(e -> elements.add(apply(e, array.element(), explicit)));
        SqlArray old = whole.value();
        yield new Value.ArrayValue(new SqlArray(old.elementType(), old.dimensions(), elements));
      }
    };
  }

  private static Value apply(Value value, SqlType.Modified type, boolean explicit) {
    return switch (value) {
      case Value.TextValue v -> Value.of(text(v.value(), type, explicit));
      case Value.NumericValue v -> Value.of(numeric(v.value(), type));
      case Value.TimeValue v -> new Value.TimeValue(micros(v.value(), type.size()));
      case Value.TimestampValue v -> new Value.TimestampValue(micros(v.value(), type.size()));
      case Value.TimestamptzValue v -> new Value.TimestamptzValue(micros(v.value(), type.size()));
      case Value.IntervalValue v -> new Value.IntervalValue(interval(v.value(), type.size()));
      default -> value;
    };
  }

  public static Interval interval(Interval interval, int digits) {
    return new Interval(interval.months(), interval.days(), micros(interval.micros(), digits));
  }

  /**
   * A VARCHAR of at most {@code type.size()} characters, or a CHAR of exactly so many.
   *
   * @param explicit whether CAST asks: then characters beyond are cut off
   * @throws DistDbException {@code STRING_TOO_LONG}: characters other than blanks are beyond
   */
  public static String text(String text, SqlType.Modified type, boolean explicit) {
    int size = type.size();
    int characters = text.codePointCount(0, text.length());
    if (characters < size) {
      return type.base() == SqlType.Scalar.CHAR ? text + " ".repeat(size - characters) : text;
    }
    if (characters == size) {
      return text;
    }
    int end = text.offsetByCodePoints(0, size);
    for (int i = end; i < text.length() && !explicit; i++) {
      if (text.charAt(i) != ' ') {
        throw new DistDbException(
            ErrorCode.STRING_TOO_LONG, "value too long for type " + type.sqlName());
      }
    }
    return text.substring(0, end);
  }

  /**
   * Rounded to the scale.
   *
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}: more digits than the precision
   */
  public static Numeric numeric(Numeric number, SqlType.Modified type) {
    if (number.isNaN()) {
      return number;
    }
    if (number.isInfinite()) {
      throw overflow()
          .withDetail(
              "A field with precision "
                  + type.size()
                  + ", scale "
                  + type.scale()
                  + " cannot hold an infinite value.");
    }
    BigDecimal rounded = number.decimal().setScale(type.scale(), RoundingMode.HALF_UP);
    int whole = type.size() - type.scale();
    if (rounded.signum() != 0 && rounded.precision() - rounded.scale() > whole) {
      throw overflow()
          .withDetail(
              "A field with precision "
                  + type.size()
                  + ", scale "
                  + type.scale()
                  + " must round to an absolute value less than "
                  + (whole == 0 ? "1" : "10^" + whole)
                  + ".");
    }
    return Numeric.of(rounded);
  }

  private static DistDbException overflow() {
    return new DistDbException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
  }

  /** Microseconds to {@code digits} of a second, halves away from zero; infinities stay. */
  public static long micros(long micros, int digits) {
    if (digits >= FRACTION_DIGITS_MAX || micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      return micros;
    }
    long unit = 1;
    for (int i = digits; i < FRACTION_DIGITS_MAX; i++) {
      unit *= 10;
    }
    long half = unit / 2;
    return micros >= 0 ? (micros + half) / unit * unit : -((-micros + half) / unit * unit);
  }
}
