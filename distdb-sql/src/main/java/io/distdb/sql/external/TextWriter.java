// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.Value;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.function.DoubleText;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.setting.TextStyle;
import io.distdb.sql.vector.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;

/**
 * Values as PostgreSQL prints them, as bytes. What {@link TypeOutput} makes strings of is written
 * digit by digit here where it is common: whole numbers, decimals, dates and times, texts.
 */
public final class TextWriter {
  /** Digits that any long without sign has room for. */
  private static final int LONG_DIGITS = 18;

  private TextWriter() {}

  /**
   * Appends a cell that is not NULL.
   *
   * @param style what is set otherwise than at first goes by {@link TypeOutput}
   */
  public static void put(
      ByteOutput out, ValueForm form, RowCells row, int column, TextStyle style) {
    if (!style.isPlain() && isStyled(form)) {
      putStyled(out, form, row, column, style);
      return;
    }
    switch (form) {
      case BOOLEAN -> out.putByte(row.getLong(column) != 0 ? 't' : 'f');
      case SMALLINT, INTEGER, BIGINT, OID -> out.putDecimal(row.getLong(column));
      case REAL -> out.putUtf8(DoubleText.of((float) row.getDouble(column)));
      case DOUBLE_PRECISION -> putDouble(out, row.getDouble(column));
      case TEXT -> row.putText(column, out);
      case DATE -> putDate(out, (int) row.getLong(column));
      case TIME -> putTime(out, row.getLong(column));
      case TIMESTAMP -> putTimestamp(out, row.getLong(column));
      case TIMESTAMPTZ -> putTimestamptz(out, row.getLong(column), style.zone());
      case NUMERIC, BYTEA, INTERVAL, UUID, REFERENCE, ARRAY, ROW ->
          putObject(out, form, row.getObject(column), style);
    }
  }

  /** Appends what {@link io.distdb.sql.vector.Vector#objects} holds. */
  public static void putObject(ByteOutput out, ValueForm form, Object value, TextStyle style) {
    switch (form) {
      case NUMERIC -> putNumeric(out, (Numeric) value);
      case UUID -> putUuid(out, (java.util.UUID) value);
      default -> out.putUtf8(TypeOutput.text(Values.of(value), style));
    }
  }

  private static boolean isStyled(ValueForm form) {
    return switch (form) {
      case REAL, DOUBLE_PRECISION, DATE, TIMESTAMP, TIMESTAMPTZ -> true;
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, OID, TEXT, TIME -> false;
      // they go by putObject, which asks the style
      case NUMERIC, BYTEA, INTERVAL, UUID, REFERENCE, ARRAY, ROW -> false;
    };
  }

  private static void putStyled(
      ByteOutput out, ValueForm form, RowCells row, int column, TextStyle style) {
    Value value =
        switch (form) {
          case REAL -> new Value.RealValue((float) row.getDouble(column));
          case DOUBLE_PRECISION -> Value.of(row.getDouble(column));
          case DATE -> new Value.DateValue((int) row.getLong(column));
          case TIMESTAMP -> new Value.TimestampValue(row.getLong(column));
          case TIMESTAMPTZ -> new Value.TimestamptzValue(row.getLong(column));
          default -> throw Invariant.unreachable("no style for " + form);
        };
    out.putUtf8(TypeOutput.text(value, style));
  }

  public static void putDouble(ByteOutput out, double value) {
    long whole = (long) value;
    // up to 15 digits a double is printed as the whole number that it is
    if (whole == value && Math.abs(whole) < 1_000_000_000_000_000L && whole != 0) {
      out.putDecimal(whole);
    } else {
      out.putUtf8(DoubleText.of(value));
    }
  }

  public static void putNumeric(ByteOutput out, Numeric value) {
    if (!value.isFinite()) {
      out.putUtf8(value.toString());
      return;
    }
    BigDecimal decimal = value.decimal();
    BigInteger unscaled = decimal.unscaledValue();
    int scale = decimal.scale();
    if (unscaled.bitLength() >= Long.SIZE - 1 || scale > LONG_DIGITS) {
      out.putUtf8(decimal.toPlainString());
      return;
    }
    long digits = unscaled.longValue();
    if (scale == 0) {
      out.putDecimal(digits);
      return;
    }
    if (digits < 0) {
      out.putByte('-');
      digits = -digits;
    }
    long unit = 1;
    for (int i = 0; i < scale; i++) {
      unit *= 10;
    }
    long whole = digits / unit;
    out.putDecimal(whole);
    out.putByte('.');
    out.putDigits(digits - whole * unit, scale);
  }

  private static void putUuid(ByteOutput out, java.util.UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits();
    putHex(out, high >>> 32, 8);
    out.putByte('-');
    putHex(out, high >>> 16, 4);
    out.putByte('-');
    putHex(out, high, 4);
    out.putByte('-');
    putHex(out, low >>> 48, 4);
    out.putByte('-');
    putHex(out, low, 12);
  }

  /** The last {@code digits} hexadecimal digits of {@code value}. */
  private static void putHex(ByteOutput out, long value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      int digit = (int) (value >>> shift) & 0xf;
      out.putByte(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
  }

  // --- dates and times, as of DateStyle ISO ---

  public static void putDate(ByteOutput out, int date) {
    if (Dates.isFinite(date)) {
      boolean beforeChrist = putDay(out, date);
      putEra(out, beforeChrist);
    } else {
      putInfinity(out, date == Dates.INFINITY);
    }
  }

  public static void putTimestamp(ByteOutput out, long timestamp) {
    if (Timestamps.isFinite(timestamp)) {
      boolean beforeChrist = putLocal(out, timestamp);
      putEra(out, beforeChrist);
    } else {
      putInfinity(out, timestamp == Timestamps.INFINITY);
    }
  }

  public static void putTimestamptz(ByteOutput out, long utc, ZoneId zone) {
    if (!Timestamps.isFinite(utc)) {
      putInfinity(out, utc == Timestamps.INFINITY);
      return;
    }
    int offset = Timestamps.offsetSeconds(utc, zone);
    boolean beforeChrist = putLocal(out, utc + offset * Times.SECOND);
    putOffset(out, offset);
    putEra(out, beforeChrist);
  }

  private static boolean putLocal(ByteOutput out, long local) {
    long day = Math.floorDiv(local, Times.DAY);
    boolean beforeChrist = putDay(out, day);
    out.putByte(' ');
    putTime(out, local - day * Times.DAY);
    return beforeChrist;
  }

  /**
   * Writes year, month and day.
   *
   * <p>The calendar by whole eras of 400 years of 146,097 days which begin in March, so that the
   * leap day is the last one (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
   *
   * @return whether the year is before Christ
   */
  private static boolean putDay(ByteOutput out, long day) {
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int fromMarch = (5 * dayOfYear + 2) / 153;
    int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    long shown = year > 0 ? year : 1 - year;
    if (shown < 10_000) {
      out.putDigits(shown, 4);
    } else {
      out.putDecimal(shown);
    }
    out.putByte('-');
    out.putDigits(month, 2);
    out.putByte('-');
    out.putDigits(dayOfYear - (153 * fromMarch + 2) / 5 + 1, 2);
    return year <= 0;
  }

  private static void putEra(ByteOutput out, boolean beforeChrist) {
    if (beforeChrist) {
      out.putUtf8(" BC");
    }
  }

  private static void putInfinity(ByteOutput out, boolean positive) {
    out.putUtf8(positive ? "infinity" : "-infinity");
  }

  /** Hours, minutes, seconds, and as many digits of a fraction as there are. */
  public static void putTime(ByteOutput out, long time) {
    long seconds = time / Times.SECOND;
    out.putDigits(seconds / 3_600, 2);
    out.putByte(':');
    out.putDigits(seconds / 60 % 60, 2);
    out.putByte(':');
    out.putDigits(seconds % 60, 2);
    long fraction = time - seconds * Times.SECOND;
    if (fraction != 0) {
      int digits = 6;
      while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
      }
      out.putByte('.');
      out.putDigits(fraction, digits);
    }
  }

  private static void putOffset(ByteOutput out, int seconds) {
    int rest = Math.abs(seconds);
    out.putByte(seconds < 0 ? '-' : '+');
    out.putDigits(rest / 3_600, 2);
    if (rest % 3_600 != 0) {
      out.putByte(':');
      out.putDigits(rest / 60 % 60, 2);
    }
    if (rest % 60 != 0) {
      out.putByte(':');
      out.putDigits(rest % 60, 2);
    }
  }
}
