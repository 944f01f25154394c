// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Keys of the types that are objects in memory, always ascending: {@link KeyWriter} and {@link
 * KeyReader} invert them.
 *
 * <pre>
 * NUMERIC   class (0 -infinity, 1 negative, 2 zero, 3 positive, 4 infinity, 5 NaN); then, for 1 and
 *           3, the exponent e of 0.d1d2... x 10^e (4 bytes, sign flipped), the digits in pairs from
 *           the left, each pair + 1, and a 0; all of it inverted for 1
 * INTERVAL  days (8 bytes, sign flipped) and microseconds of the day (8 bytes), a month being 30 days
 * UUID      16 bytes
 * REGCLASS  and its like: the number (8 bytes), and the name as text is written
 * array     for each element 1 and its key, or 2 for NULL; 0; the number of dimensions (1 byte); for
 *           each its length and its first subscript (4 bytes each, sign flipped)
 * </pre>
 *
 * <p>BYTEA is written as text is. The order of arrays is PostgreSQL's: elements first, then their
 * number, then the shape.
 */
final class ObjectKeys {
  private static final int NEGATIVE_INFINITY = 0;
  private static final int NEGATIVE = 1;
  private static final int ZERO = 2;
  private static final int POSITIVE = 3;
  private static final int POSITIVE_INFINITY = 4;
  private static final int NAN = 5;

  private ObjectKeys() {}

  static void write(KeyWriter key, SqlType type, Object value) {
    switch (value) {
      case Numeric number -> writeNumeric(key, number);
      case Interval interval -> {
        key.rawLong(interval.canonicalDays() ^ Long.MIN_VALUE);
        key.rawLong(interval.microsOfDay());
      }
      case UUID uuid -> {
        key.rawLong(uuid.getMostSignificantBits());
        key.rawLong(uuid.getLeastSignificantBits());
      }
      case Bytes bytes -> key.escaped(bytes.array());
      case CatalogReference reference -> {
        key.rawLong(reference.oid());
        key.escaped(reference.text().getBytes(StandardCharsets.UTF_8));
      }
      case SqlArray array -> writeArray(key, type, array);
      default -> throw new IllegalArgumentException("no key of " + value.getClass());
    }
  }

  private static void writeNumeric(KeyWriter key, Numeric number) {
    if (!number.isFinite()) {
      boolean above = number.signum() > 0;
      key.raw((byte) (number.isNaN() ? NAN : above ? POSITIVE_INFINITY : NEGATIVE_INFINITY));
      return;
    }
    int sign = number.signum();
    key.raw((byte) (sign < 0 ? NEGATIVE : sign == 0 ? ZERO : POSITIVE));
    if (sign == 0) {
      return;
    }
    int start = key.length();
    BigDecimal bare = number.decimal().stripTrailingZeros();
    String digits = bare.unscaledValue().abs().toString();
    key.rawInt((digits.length() - bare.scale()) ^ Integer.MIN_VALUE);
    for (int i = 0; i < digits.length(); i += 2) {
      int units = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      key.raw((byte) ((digits.charAt(i) - '0') * 10 + units + 1));
    }
    key.raw((byte) 0);
    if (sign < 0) {
      key.invert(start);
    }
  }

  private static void writeArray(KeyWriter key, SqlType type, SqlArray array) {
    KeyColumn element = element(type);
    for (Value value : array.elements()) {
      key.appendValue(element, value);
    }
    key.raw((byte) 0);
    key.raw((byte) array.dimensions().size());
    for (SqlArray.Dimension dimension : array.dimensions()) {
      key.rawInt(dimension.length() ^ Integer.MIN_VALUE);
      key.rawInt(dimension.lower() ^ Integer.MIN_VALUE);
    }
  }

  private static KeyColumn element(SqlType type) {
    SqlType element = type instanceof SqlType.Array array ? array.element() : type;
    return new KeyColumn(element.unmodified(), false, false, true);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param mask what every byte is to be XORed with
   */
  static Object read(KeyReader key, SqlType type, int mask) {
    return switch (type) {
      case SqlType.Modified modified -> read(key, modified.base(), mask);
      case SqlType.Array array -> readArray(key, array, mask);
      case RowType row -> throw new IllegalArgumentException("no key of a row");
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case NUMERIC -> readNumeric(key, mask);
            case INTERVAL -> readInterval(key, mask);
            case UUID -> new UUID(key.rawLong(mask), key.rawLong(mask));
            case BYTEA -> Bytes.wrap(key.escaped((byte) mask));
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, TEXT, VARCHAR, CHAR ->
                throw notAnObject(type);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, OID, XID -> throw notAnObject(type);
            case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
                throw notAnObject(type);
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
                readReference(key, scalar, mask);
            case REGNAMESPACE, REGROLE, REGCOLLATION -> readReference(key, scalar, mask);
          };
    };
  }

  private static CatalogReference readReference(KeyReader key, SqlType.Scalar type, int mask) {
    long oid = key.rawLong(mask);
    return new CatalogReference(
        type, oid, new String(key.escaped((byte) mask), StandardCharsets.UTF_8));
  }

  private static IllegalArgumentException notAnObject(SqlType type) {
    return new IllegalArgumentException(type.sqlName() + " is no object");
  }

  private static Numeric readNumeric(KeyReader key, int mask) {
    int kind = key.raw(mask);
    if (kind != NEGATIVE && kind != POSITIVE) {
      return switch (kind) {
        case NEGATIVE_INFINITY -> Numeric.NEGATIVE_INFINITY;
        case ZERO -> Numeric.ZERO;
        case POSITIVE_INFINITY -> Numeric.POSITIVE_INFINITY;
        case NAN -> Numeric.NAN;
        default -> throw key.corrupted();
      };
    }
    int inner = kind == NEGATIVE ? mask ^ 0xff : mask;
    int exponent = key.rawInt(inner) ^ Integer.MIN_VALUE;
    StringBuilder digits = new StringBuilder();
    for (int pair = key.raw(inner); pair != 0; pair = key.raw(inner)) {
      digits.append((char) ('0' + (pair - 1) / 10)).append((char) ('0' + (pair - 1) % 10));
    }
    if (digits.isEmpty()) {
      throw key.corrupted();
    }
    BigInteger unscaled = new BigInteger(digits.toString());
    BigDecimal decimal = new BigDecimal(unscaled, digits.length() - exponent).stripTrailingZeros();
    return Numeric.of(kind == NEGATIVE ? decimal.negate() : decimal);
  }

  private static Interval readInterval(KeyReader key, int mask) {
    long days = key.rawLong(mask) ^ Long.MIN_VALUE;
    long micros = key.rawLong(mask);
    return new Interval((int) (days / 30), (int) (days % 30), micros);
  }

  private static SqlArray readArray(KeyReader key, SqlType.Array type, int mask) {
    KeyColumn element = new KeyColumn(type.element().unmodified(), mask != 0, false, true);
    List<Value> elements = new ArrayList<>();
    for (int marker = key.raw(mask); marker != 0; marker = key.raw(mask)) {
      elements.add(marker == KeyWriter.PRESENT ? key.readPresent(element) : Value.NULL);
    }
    List<SqlArray.Dimension> dimensions = new ArrayList<>();
    for (int left = key.raw(mask); left > 0; left--) {
      int length = key.rawInt(mask) ^ Integer.MIN_VALUE;
      dimensions.add(new SqlArray.Dimension(key.rawInt(mask) ^ Integer.MIN_VALUE, length));
    }
    return new SqlArray(element.type(), dimensions, elements, type.vector());
  }
}
