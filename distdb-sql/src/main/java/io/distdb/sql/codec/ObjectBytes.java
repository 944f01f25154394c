// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The bytes in rows of the types that are objects in memory. Integers are big-endian.
 *
 * <pre>
 * NUMERIC   2 bytes: the scale, 0 to 0x7fff, then the unscaled number in two's complement; or
 *           0xffff NaN, 0xfffe infinity, 0xfffd -infinity and nothing more
 * INTERVAL  microseconds (8), days (4), months (4)
 * UUID      16 bytes
 * BYTEA     the bytes
 * REGCLASS  and its like: the number (8), the name in UTF-8
 * array     number of dimensions (1), for each its length (4) and first subscript (4); then for each
 *           element its number of bytes (4, or -1 for NULL) and its bytes, numbers in the width of
 *           their row slot, texts in UTF-8
 * row       in temporary files alone: for each field as for an element of an array
 * </pre>
 */
public final class ObjectBytes {
  private static final int NAN = 0xffff;
  private static final int POSITIVE_INFINITY = 0xfffe;
  private static final int NEGATIVE_INFINITY = 0xfffd;

  private ObjectBytes() {}

  public static byte[] encode(Object value) {
    return switch (value) {
      case Numeric number -> numeric(number);
      case Interval(int months, int days, long micros) ->
          ByteBuffer.allocate(16).putLong(micros).putInt(days).putInt(months).array();
      case UUID uuid ->
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array();
      case Bytes bytes -> bytes.array();
      case CatalogReference reference -> reference(reference);
      case SqlArray array -> array(array);
      case SqlRow row -> row(row);
      default -> throw new IllegalArgumentException("no bytes of " + value.getClass());
    };
  }

  private static byte[] reference(CatalogReference reference) {
    byte[] name = reference.text().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + name.length).putLong(reference.oid()).put(name).array();
  }

  private static CatalogReference reference(SqlType.Scalar type, ByteBuffer in) {
    long oid = in.getLong();
    return new CatalogReference(type, oid, StandardCharsets.UTF_8.decode(in).toString());
  }

  private static byte[] numeric(Numeric number) {
    if (!number.isFinite()) {
      int code = number.isNaN() ? NAN : number.signum() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
      return new byte[] {(byte) (code >>> 8), (byte) code};
    }
    byte[] unscaled = number.decimal().unscaledValue().toByteArray();
    int scale = number.scale();
    return ByteBuffer.allocate(2 + unscaled.length).putShort((short) scale).put(unscaled).array();
  }

  private static byte[] array(SqlArray array) {
    List<byte[]> elements = new ArrayList<>(array.elements().size());
    int size = 1 + array.dimensions().size() * 8;
    for (Value value : array.elements()) {
      byte[] bytes = value.equals(Value.NULL) ? null : element(value);
      elements.add(bytes);
      size += 4 + (bytes == null ? 0 : bytes.length);
    }
    ByteBuffer out = ByteBuffer.allocate(size).put((byte) array.dimensions().size());
    array.dimensions().forEach(d -> out.putInt(d.length()).putInt(d.lower()));
    for (byte[] bytes : elements) {
      out.putInt(bytes == null ? -1 : bytes.length);
      if (bytes != null) {
        out.put(bytes);
      }
    }
    return out.array();
  }

  private static byte[] row(SqlRow row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Value value : row.values()) {
      byte[] bytes = value.equals(Value.NULL) ? null : element(value);
      out.writeBytes(ofInt(bytes == null ? -1 : bytes.length));
      if (bytes != null) {
        out.writeBytes(bytes);
      }
    }
    return out.toByteArray();
  }

  private static byte[] element(Value value) {
    return switch (value) {
      case Value.Null none -> throw new IllegalArgumentException("NULL has no bytes");
      case Value.BooleanValue v -> new byte[] {(byte) (v.value() ? 1 : 0)};
      case Value.SmallintValue v -> ByteBuffer.allocate(2).putShort(v.value()).array();
      case Value.IntegerValue v -> ofInt(v.value());
      case Value.DateValue v -> ofInt(v.value());
      case Value.RealValue v -> ofInt(Float.floatToRawIntBits(v.value()));
      case Value.BigintValue v -> ofLong(v.value());
      case Value.TimeValue v -> ofLong(v.value());
      case Value.TimestampValue v -> ofLong(v.value());
      case Value.TimestamptzValue v -> ofLong(v.value());
      case Value.DoubleValue v -> ofLong(Double.doubleToRawLongBits(v.value()));
      case Value.TextValue v -> v.value().getBytes(StandardCharsets.UTF_8);
      case Value.NumericValue v -> encode(v.value());
      case Value.ByteaValue v -> encode(v.value());
      case Value.IntervalValue v -> encode(v.value());
      case Value.UuidValue v -> encode(v.value());
      case Value.OidValue v -> ofLong(v.value());
      case Value.ReferenceValue v -> encode(v.value());
      case Value.ArrayValue v -> encode(v.value());
      case Value.RowValue v -> encode(v.value());
    };
  }

  private static byte[] ofInt(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] ofLong(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  /** What {@link #encode} made of a value of {@code type}. */
  public static Object decode(SqlType type, byte[] source, int from, int length) {
    ByteBuffer in = ByteBuffer.wrap(source, from, length);
    return switch (type) {
      case SqlType.Modified modified -> decode(modified.base(), source, from, length);
      case SqlType.Array array -> array(array, in);
      case RowType row -> row(row, in);
      case SqlType.Scalar scalar -> decode(scalar, in);
    };
  }

  private static Object decode(SqlType.Scalar type, ByteBuffer in) {
    return switch (type) {
      case NUMERIC -> numeric(in);
      case INTERVAL -> {
        long micros = in.getLong();
        int days = in.getInt();
        yield new Interval(in.getInt(), days, micros);
      }
      case UUID -> new UUID(in.getLong(), in.getLong());
      case BYTEA -> Bytes.read(in, in.remaining());
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, TEXT, VARCHAR, CHAR ->
          throw notAnObject(type);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, OID, XID -> throw notAnObject(type);
      case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
          throw notAnObject(type);
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> reference(type, in);
      case REGNAMESPACE, REGROLE, REGCOLLATION -> reference(type, in);
    };
  }

  private static IllegalArgumentException notAnObject(SqlType type) {
    return new IllegalArgumentException(type.sqlName() + " is no object");
  }

  private static Numeric numeric(ByteBuffer in) {
    int scale = in.getShort() & 0xffff;
    return switch (scale) {
      case NAN -> Numeric.NAN;
      case POSITIVE_INFINITY -> Numeric.POSITIVE_INFINITY;
      case NEGATIVE_INFINITY -> Numeric.NEGATIVE_INFINITY;
      default -> {
        byte[] unscaled = new byte[in.remaining()];
        in.get(unscaled);
        yield Numeric.of(new BigDecimal(new BigInteger(unscaled), scale));
      }
    };
  }

  private static SqlArray array(SqlType.Array type, ByteBuffer in) {
    SqlType elementType = type.element().unmodified();
    List<SqlArray.Dimension> dimensions = new ArrayList<>();
    int count = 1;
    for (int left = in.get(); left > 0; left--) {
      int length = in.getInt();
      dimensions.add(new SqlArray.Dimension(in.getInt(), length));
      count *= length;
    }
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < count && !dimensions.isEmpty(); i++) {
      int length = in.getInt();
      if (length < 0) {
        elements.add(Value.NULL);
      } else {
        elements.add(element(elementType, in.slice(in.position(), length)));
        in.position(in.position() + length);
      }
    }
    return new SqlArray(elementType, dimensions, elements, type.vector());
  }

  private static SqlRow row(RowType type, ByteBuffer in) {
    List<Value> values = new ArrayList<>(type.fields().size());
    for (RowType.Field field : type.fields()) {
      int length = in.getInt();
      if (length < 0) {
        values.add(Value.NULL);
      } else {
        values.add(field(field.type(), in.slice(in.position(), length)));
        in.position(in.position() + length);
      }
    }
    return new SqlRow(type, values);
  }

  private static Value field(SqlType type, ByteBuffer in) {
    return switch (type) {
      case SqlType.Scalar scalar -> element(scalar, in);
      case SqlType.Modified modified -> element(modified.base(), in);
      case SqlType.Array array -> new Value.ArrayValue(array(array, in));
      case RowType row -> new Value.RowValue(row(row, in));
    };
  }

  private static Value element(SqlType type, ByteBuffer in) {
    SqlType.Scalar scalar = SqlType.scalarOf(type).orElseThrow();
    return switch (scalar) {
      case BOOLEAN -> Value.of(in.get() != 0);
      case SMALLINT -> new Value.SmallintValue(in.getShort());
      case INTEGER -> Value.of(in.getInt());
      case DATE -> new Value.DateValue(in.getInt());
      case REAL -> new Value.RealValue(Float.intBitsToFloat(in.getInt()));
      case BIGINT -> Value.of(in.getLong());
      case TIME -> new Value.TimeValue(in.getLong());
      case TIMESTAMP -> new Value.TimestampValue(in.getLong());
      case TIMESTAMPTZ -> new Value.TimestamptzValue(in.getLong());
      case DOUBLE_PRECISION -> Value.of(Double.longBitsToDouble(in.getLong()));
      case TEXT, VARCHAR, CHAR -> Value.of(StandardCharsets.UTF_8.decode(in).toString());
      case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
          Value.of(StandardCharsets.UTF_8.decode(in).toString());
      case OID, XID -> new Value.OidValue(scalar, in.getLong());
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
          new Value.ReferenceValue(reference(scalar, in));
      case REGNAMESPACE, REGROLE, REGCOLLATION -> new Value.ReferenceValue(reference(scalar, in));
      case NUMERIC -> new Value.NumericValue((Numeric) decode(scalar, in));
      case BYTEA -> new Value.ByteaValue((Bytes) decode(scalar, in));
      case INTERVAL -> new Value.IntervalValue((Interval) decode(scalar, in));
      case UUID -> new Value.UuidValue((UUID) decode(scalar, in));
    };
  }
}
