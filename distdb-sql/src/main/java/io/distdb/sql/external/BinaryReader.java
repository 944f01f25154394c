// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.Lengths;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Reads values from PostgreSQL's binary form, which {@link BinaryWriter} tabulates. One walks over
 * the bytes of one value; whoever has read it asks {@link #isAtEnd}. Used by one thread.
 */
public final class BinaryReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Environment environment = Environment.NONE;
  private byte[] bytes = {};
  private int at;
  private int end;

  /** Says what the numbers of REGCLASS and its like mean. */
  public BinaryReader within(Environment newEnvironment) {
    environment = newEnvironment;
    return this;
  }

  /** The next value is in these bytes. */
  public BinaryReader over(byte[] source, int from, int length) {
    bytes = source;
    at = from;
    end = from + length;
    return this;
  }

  /** Whether the value took all bytes; else they are no value of its type. */
  public boolean isAtEnd() {
    return at == end;
  }

  /**
   * The value of {@code type}, its lengths enforced as in an assignment.
   *
   * @throws DistDbException {@code PROTOCOL_VIOLATION}: too few bytes; {@code
   *     INVALID_BINARY_REPRESENTATION}, {@code CHARACTER_NOT_IN_REPERTOIRE}, {@code
   *     DATETIME_FIELD_OVERFLOW}, {@code DATATYPE_MISMATCH} for the elements of an array, {@code
   *     PROGRAM_LIMIT_EXCEEDED}, and those of {@link Lengths}
   */
  public Value read(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> scalar(scalar);
      case SqlType.Modified modified -> Lengths.apply(scalar(modified.base()), modified, false);
      case RowType row ->
          throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "input of rows is not supported yet");
      case SqlType.Array array ->
          Lengths.apply(new Value.ArrayValue(ArrayBytes.read(this, array)), array, false);
    };
  }

  private Value scalar(SqlType.Scalar type) {
    return switch (ValueForm.of(type)) {
      case BOOLEAN -> Value.of(getByte() != 0);
      case SMALLINT -> new Value.SmallintValue(getShort());
      case INTEGER -> Value.of(getInt());
      case BIGINT -> Value.of(getLong());
      case REAL -> new Value.RealValue(Float.intBitsToFloat(getInt()));
      case DOUBLE_PRECISION -> Value.of(Double.longBitsToDouble(getLong()));
      case NUMERIC -> Value.of(NumericBytes.read(this));
      case TEXT -> Value.of(getText());
      case BYTEA -> new Value.ByteaValue(rest());
      case DATE -> new Value.DateValue(getDate());
      case TIME -> new Value.TimeValue(getTime());
      case TIMESTAMP -> new Value.TimestampValue(getTimestamp());
      case TIMESTAMPTZ -> new Value.TimestamptzValue(getTimestamp());
      case INTERVAL -> interval();
      case UUID -> new Value.UuidValue(new UUID(getLong(), getLong()));
      case OID -> new Value.OidValue(type, Integer.toUnsignedLong(getInt()));
      case REFERENCE -> {
        long number = Integer.toUnsignedLong(getInt());
        yield new Value.ReferenceValue(environment.names().of(type, number));
      }
      case ARRAY, ROW -> throw new IllegalArgumentException(type + " is no scalar");
    };
  }

  // --- parts ---

  /**
   * @throws DistDbException {@code PROTOCOL_VIOLATION}: there are fewer than {@code length} bytes
   */
  void require(int length) {
    if (length > end - at) {
      throw new DistDbException(ErrorCode.PROTOCOL_VIOLATION, "insufficient data left in message");
    }
  }

  int remaining() {
    return end - at;
  }

  /** Makes {@code length} bytes from here all there is; returns where they ended before. */
  int narrow(int length) {
    int before = end;
    end = at + length;
    return before;
  }

  /** Takes back {@link #narrow}. */
  void widen(int before) {
    end = before;
  }

  byte getByte() {
    if (at == end) {
      throw new DistDbException(ErrorCode.PROTOCOL_VIOLATION, "no data left in message");
    }
    return bytes[at++];
  }

  short getShort() {
    require(Short.BYTES);
    short value = (short) SHORT.get(bytes, at);
    at += Short.BYTES;
    return value;
  }

  /** Four bytes; also those of a REAL. */
  public int getInt() {
    require(Integer.BYTES);
    int value = (int) INT.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  public long getLong() {
    require(Long.BYTES);
    long value = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  /** What is left, as text. */
  public String getText() {
    int from = at;
    at = end;
    return Utf8.text(bytes, from, end);
  }

  private Bytes rest() {
    int from = at;
    at = end;
    return Bytes.copyOf(bytes, from, end);
  }

  private int getDate() {
    int date = getInt();
    if (!Dates.isFinite(date)) {
      return date;
    }
    long day = (long) date + BinaryWriter.EPOCH_DAY;
    if (day < Dates.MIN || day > Dates.MAX) {
      throw outOfRange("date");
    }
    return (int) day;
  }

  private long getTime() {
    long time = getLong();
    if (time < 0 || time > Times.DAY) {
      throw outOfRange("time");
    }
    return time;
  }

  private long getTimestamp() {
    long timestamp = getLong();
    if (!Timestamps.isFinite(timestamp)) {
      return timestamp;
    }
    if (timestamp < Timestamps.MIN - BinaryWriter.EPOCH_MICROS
        || timestamp > Timestamps.MAX - BinaryWriter.EPOCH_MICROS) {
      throw outOfRange("timestamp");
    }
    return timestamp + BinaryWriter.EPOCH_MICROS;
  }

  private Value interval() {
    long micros = getLong();
    int days = getInt();
    return new Value.IntervalValue(new Interval(getInt(), days, micros));
  }

  private static DistDbException outOfRange(String type) {
    return new DistDbException(ErrorCode.DATETIME_FIELD_OVERFLOW, type + " out of range");
  }
}
