// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.Bytes;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.Value;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Timestamps;

/**
 * Values in PostgreSQL's binary form. Dates and timestamps count from 2000-01-01:
 *
 * <pre>
 * BOOLEAN 1 byte; whole numbers 2, 4, 8; REAL and DOUBLE PRECISION IEEE 754
 * DATE days (4); TIME, TIMESTAMP, TIMESTAMPTZ microseconds (8); least and greatest: infinities
 * INTERVAL microseconds (8), days (4), months (4)
 * UUID 16 bytes; BYTEA and texts their bytes; NUMERIC: {@link NumericBytes}
 * array: dimensions (4), 1 if there are NULLs (4), number of the element type (4); for each dimension
 *        length (4) and first subscript (4); for each element its length (4, -1 for NULL) and bytes
 * row: number of fields (4); for each the number of its type (4), its length (4, -1 for NULL), bytes
 * </pre>
 */
public final class BinaryWriter {
  /** 2000-01-01 in days since 1970. */
  static final int EPOCH_DAY = 10_957;

  static final long EPOCH_MICROS = EPOCH_DAY * Interval.MICROS_PER_DAY;

  private BinaryWriter() {}

  /** Appends a cell that is not NULL. */
  public static void put(ByteOutput out, ValueForm form, RowCells row, int column) {
    switch (form) {
      case BOOLEAN -> out.putByte((int) row.getLong(column));
      case SMALLINT -> out.putShort((int) row.getLong(column));
      case INTEGER -> out.putInt((int) row.getLong(column));
      case OID -> out.putInt((int) row.getLong(column));
      case BIGINT, TIME -> out.putLong(row.getLong(column));
      case REAL -> out.putInt(Float.floatToRawIntBits((float) row.getDouble(column)));
      case DOUBLE_PRECISION -> out.putLong(Double.doubleToRawLongBits(row.getDouble(column)));
      case TEXT -> row.putText(column, out);
      case DATE -> putDate(out, (int) row.getLong(column));
      case TIMESTAMP, TIMESTAMPTZ -> putTimestamp(out, row.getLong(column));
      case NUMERIC, BYTEA, INTERVAL, UUID, REFERENCE, ARRAY, ROW ->
          putObject(out, form, row.getObject(column));
    }
  }

  /** Appends what {@link io.distdb.sql.vector.Vector#objects} holds. */
  public static void putObject(ByteOutput out, ValueForm form, Object value) {
    switch (form) {
      case NUMERIC -> NumericBytes.put(out, (Numeric) value);
      case BYTEA -> out.putBytes(((Bytes) value).array());
      case INTERVAL -> putInterval(out, (Interval) value);
      case UUID -> putUuid(out, (java.util.UUID) value);
      case REFERENCE -> out.putInt((int) ((CatalogReference) value).oid());
      case ARRAY -> putArray(out, (SqlArray) value);
      case ROW -> putRow(out, (SqlRow) value);
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, TEXT, DATE, TIME ->
          throw new IllegalArgumentException(form + " is no object");
      case TIMESTAMP, TIMESTAMPTZ, OID ->
          throw new IllegalArgumentException(form + " is no object");
    }
  }

  static void putDate(ByteOutput out, int date) {
    out.putInt(Dates.isFinite(date) ? date - EPOCH_DAY : date);
  }

  static void putTimestamp(ByteOutput out, long timestamp) {
    out.putLong(Timestamps.isFinite(timestamp) ? timestamp - EPOCH_MICROS : timestamp);
  }

  private static void putInterval(ByteOutput out, Interval interval) {
    out.putLong(interval.micros());
    out.putInt(interval.days());
    out.putInt(interval.months());
  }

  private static void putUuid(ByteOutput out, java.util.UUID uuid) {
    out.putLong(uuid.getMostSignificantBits());
    out.putLong(uuid.getLeastSignificantBits());
  }

  private static void putArray(ByteOutput out, SqlArray array) {
    out.putInt(array.dimensions().size());
    out.putInt(array.elements().contains(Value.NULL) ? 1 : 0);
    out.putInt(TypeNumbers.of(array.elementType()));
    for (SqlArray.Dimension dimension : array.dimensions()) {
      out.putInt(dimension.length());
      out.putInt(dimension.lower());
    }
    for (Value element : array.elements()) {
      putPart(out, element);
    }
  }

  private static void putPart(ByteOutput out, Value part) {
    if (part instanceof Value.Null) {
      out.putInt(-1);
    } else {
      int length = out.size();
      out.putInt(0);
      putValue(out, part);
      out.setInt(length, out.size() - length - Integer.BYTES);
    }
  }

  private static void putRow(ByteOutput out, SqlRow row) {
    out.putInt(row.values().size());
    for (int i = 0; i < row.values().size(); i++) {
      out.putInt(TypeNumbers.of(row.type().fields().get(i).type()));
      putPart(out, row.values().get(i));
    }
  }

  /** Appends a value that is not NULL. */
  public static void putValue(ByteOutput out, Value value) {
    switch (value) {
      case Value.Null none -> throw new IllegalArgumentException("NULL has no bytes");
      case Value.BooleanValue v -> out.putByte(v.value() ? 1 : 0);
      case Value.SmallintValue v -> out.putShort(v.value());
      case Value.IntegerValue v -> out.putInt(v.value());
      case Value.BigintValue v -> out.putLong(v.value());
      case Value.RealValue v -> out.putInt(Float.floatToRawIntBits(v.value()));
      case Value.DoubleValue v -> out.putLong(Double.doubleToRawLongBits(v.value()));
      case Value.NumericValue v -> NumericBytes.put(out, v.value());
      case Value.TextValue v -> out.putUtf8(v.value());
      case Value.ByteaValue v -> out.putBytes(v.value().array());
      case Value.DateValue v -> putDate(out, v.value());
      case Value.TimeValue v -> out.putLong(v.value());
      case Value.TimestampValue v -> putTimestamp(out, v.value());
      case Value.TimestamptzValue v -> putTimestamp(out, v.value());
      case Value.IntervalValue v -> putInterval(out, v.value());
      case Value.UuidValue v -> putUuid(out, v.value());
      case Value.OidValue v -> out.putInt((int) v.value());
      case Value.ReferenceValue v -> out.putInt((int) v.value().oid());
      case Value.ArrayValue v -> putArray(out, v.value());
      case Value.RowValue v -> putRow(out, v.value());
    }
  }
}
