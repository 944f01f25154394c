// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.Bytes;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Value;
import java.nio.charset.StandardCharsets;

/** Where a value lies between two others, as a share of the way. */
final class ValueScale {
  private static final double MIDDLE = 0.5;

  /** Bytes of a text that are looked at behind what the bounds begin with alike. */
  private static final int BYTES = 8;

  private ValueScale() {}

  /**
   * @return 0 at {@code low}, 1 at {@code high}; the middle for types that are no scale
   */
  static double position(Value low, Value high, Value value) {
    if (value instanceof Value.TextValue text
        && low instanceof Value.TextValue lowText
        && high instanceof Value.TextValue highText) {
      return position(bytes(lowText), bytes(highText), bytes(text));
    }
    if (value instanceof Value.ByteaValue bytes
        && low instanceof Value.ByteaValue lowBytes
        && high instanceof Value.ByteaValue highBytes) {
      return position(array(lowBytes), array(highBytes), array(bytes));
    }
    return position(number(low), number(high), number(value));
  }

  private static double position(double low, double high, double value) {
    double share = (value - low) / (high - low);
    return Double.isFinite(share) ? Math.clamp(share, 0, 1) : MIDDLE;
  }

  private static byte[] bytes(Value.TextValue text) {
    return text.value().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] array(Value.ByteaValue value) {
    Bytes bytes = value.value();
    return bytes.array();
  }

  /** As fractions to the base 256, without what both bounds begin with. */
  private static double position(byte[] low, byte[] high, byte[] value) {
    int same = 0;
    while (same < low.length && same < high.length && low[same] == high[same]) {
      same++;
    }
    return position(fraction(low, same), fraction(high, same), fraction(value, same));
  }

  private static double fraction(byte[] bytes, int from) {
    double fraction = 0;
    double digit = 1;
    for (int i = from; i < Math.min(bytes.length, from + BYTES); i++) {
      digit /= 256;
      fraction += (bytes[i] & 0xff) * digit;
    }
    return fraction;
  }

  private static double number(Value value) {
    return switch (value) {
      case Value.SmallintValue v -> v.value();
      case Value.IntegerValue v -> v.value();
      case Value.BigintValue v -> v.value();
      case Value.RealValue v -> v.value();
      case Value.DoubleValue v -> v.value();
      case Value.NumericValue v -> v.value().isFinite() ? v.value().decimal().doubleValue() : NAN;
      case Value.DateValue v -> v.value();
      case Value.TimeValue v -> v.value();
      case Value.TimestampValue v -> v.value();
      case Value.TimestamptzValue v -> v.value();
      case Value.IntervalValue v -> days(v.value());
      case Value.UuidValue v -> unsigned(v.value().getMostSignificantBits());
      case Value.OidValue v -> v.value();
      case Value.ReferenceValue v -> v.value().oid();
      case Value.BooleanValue v -> v.value() ? 1 : 0;
      case Value.Null ignored -> NAN;
      case Value.TextValue ignored -> NAN;
      case Value.ByteaValue ignored -> NAN;
      case Value.ArrayValue ignored -> NAN;
      case Value.RowValue ignored -> NAN;
    };
  }

  private static final double NAN = Double.NaN;

  private static double unsigned(long bits) {
    return (bits >>> 1) * 2.0 + (bits & 1);
  }

  private static double days(Interval interval) {
    return interval.canonicalDays() + interval.microsOfDay() / 86_400e6;
  }
}
