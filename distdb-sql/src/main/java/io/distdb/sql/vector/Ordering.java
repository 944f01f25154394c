// SPDX-License-Identifier: MIT
package io.distdb.sql.vector;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.UUID;

/** How SQL orders values, where Java orders them otherwise. */
public final class Ordering {
  private Ordering() {}

  /** -0 equals 0; NaN equals NaN and is above everything, as in PostgreSQL. */
  public static int compare(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
  }

  /** By code points, which is the order of UTF-8 bytes; {@link String#compareTo} is not. */
  public static int compare(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean bothOrNeither = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNeither ? a - b : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }

  /** As texts whose trailing blanks are not there. */
  public static int comparePadded(String left, String right) {
    return compare(withoutPadding(left), withoutPadding(right));
  }

  public static String withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }

  /** Two of one of the types that {@link Vector#objects} holds. */
  public static int compareObjects(Object left, Object right) {
    return switch (left) {
      case Numeric number -> number.compareTo((Numeric) right);
      case Interval interval -> interval.compareTo((Interval) right);
      case Bytes bytes -> bytes.compareTo((Bytes) right);
      case UUID uuid -> compareUuids(uuid, (UUID) right);
      case CatalogReference reference -> reference.compareTo((CatalogReference) right);
      case SqlArray array -> compareArrays(array, (SqlArray) right);
      case SqlRow row -> compareRows(row, (SqlRow) right);
      default -> throw Invariant.unreachable("no order of " + left.getClass());
    };
  }

  private static int compareUuids(UUID left, UUID right) {
    int order = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return order != 0
        ? order
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }

  /** Elements first, then their number, then the shape; NULL elements are equal and greatest. */
  private static int compareArrays(SqlArray left, SqlArray right) {
    boolean padded = left.elementType() == SqlType.CHAR;
    int shorter = Math.min(left.elements().size(), right.elements().size());
    for (int i = 0; i < shorter; i++) {
      int order = compareValues(left.elements().get(i), right.elements().get(i), padded);
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(left.elements().size(), right.elements().size());
    if (order == 0) {
      order = Integer.compare(left.dimensions().size(), right.dimensions().size());
    }
    for (int i = 0; i < left.dimensions().size() && order == 0; i++) {
      SqlArray.Dimension a = left.dimensions().get(i);
      SqlArray.Dimension b = right.dimensions().get(i);
      order = Integer.compare(a.length(), b.length());
      order = order != 0 ? order : Integer.compare(a.lower(), b.lower());
    }
    return order;
  }

  /** Field by field; NULL fields are equal and greatest (PostgreSQL documentation, 9.24.6). */
  private static int compareRows(SqlRow left, SqlRow right) {
    int order = 0;
    for (int i = 0; i < left.values().size() && order == 0; i++) {
      boolean padded = left.type().fields().get(i).type().unmodified() == SqlType.CHAR;
      order = compareValues(left.values().get(i), right.values().get(i), padded);
    }
    return order;
  }

  /**
   * Two values of one type, or NULL, which is greatest.
   *
   * @param padded whether texts are CHAR
   */
  public static int compareValues(Value left, Value right, boolean padded) {
    return switch (left) {
      case Value.Null none -> right instanceof Value.Null ? 0 : 1;
      case Value v when right instanceof Value.Null -> -1;
      case Value.BooleanValue v -> Boolean.compare(v.value(), ((Value.BooleanValue) right).value());
      case Value.SmallintValue v -> Short.compare(v.value(), ((Value.SmallintValue) right).value());
      case Value.IntegerValue v -> Integer.compare(v.value(), ((Value.IntegerValue) right).value());
      case Value.BigintValue v -> Long.compare(v.value(), ((Value.BigintValue) right).value());
      case Value.RealValue v -> compare(v.value(), ((Value.RealValue) right).value());
      case Value.DoubleValue v -> compare(v.value(), ((Value.DoubleValue) right).value());
      case Value.TextValue v -> {
        String other = ((Value.TextValue) right).value();
        yield padded ? comparePadded(v.value(), other) : compare(v.value(), other);
      }
      case Value.DateValue v -> Integer.compare(v.value(), ((Value.DateValue) right).value());
      case Value.TimeValue v -> Long.compare(v.value(), ((Value.TimeValue) right).value());
      case Value.TimestampValue v ->
          Long.compare(v.value(), ((Value.TimestampValue) right).value());
      case Value.TimestamptzValue v ->
          Long.compare(v.value(), ((Value.TimestamptzValue) right).value());
      case Value.NumericValue v -> v.value().compareTo(((Value.NumericValue) right).value());
      case Value.ByteaValue v -> v.value().compareTo(((Value.ByteaValue) right).value());
      case Value.IntervalValue v -> v.value().compareTo(((Value.IntervalValue) right).value());
      case Value.UuidValue v -> compareUuids(v.value(), ((Value.UuidValue) right).value());
      case Value.OidValue v -> Long.compare(v.value(), ((Value.OidValue) right).value());
      case Value.ReferenceValue v -> v.value().compareTo(((Value.ReferenceValue) right).value());
      case Value.ArrayValue v -> compareArrays(v.value(), ((Value.ArrayValue) right).value());
      case Value.RowValue v -> compareRows(v.value(), ((Value.RowValue) right).value());
    };
  }

  /** Equal where {@link #compareObjects} is 0. */
  public static int hashObject(Object object) {
    return switch (object) {
      case Interval interval -> spread(interval.canonicalDays() * 31 + interval.microsOfDay());
      case SqlArray array -> {
        boolean padded = array.elementType() == SqlType.CHAR;
        int hash = array.dimensions().hashCode();
        for (Value element : array.elements()) {
          hash = hash * 31 + hashValue(element, padded);
        }
        yield hash;
      }
      case SqlRow row -> {
        int hash = 1;
        for (int i = 0; i < row.values().size(); i++) {
          boolean padded = row.type().fields().get(i).type().unmodified() == SqlType.CHAR;
          hash = hash * 31 + hashValue(row.values().get(i), padded);
        }
        yield hash;
      }
      default -> object.hashCode();
    };
  }

  private static int hashValue(Value value, boolean padded) {
    return switch (value) {
      case Value.DoubleValue v -> Double.hashCode(v.value() == 0 ? 0.0 : v.value());
      case Value.RealValue v -> Float.hashCode(v.value() == 0 ? 0f : v.value());
      case Value.TextValue v -> (padded ? withoutPadding(v.value()) : v.value()).hashCode();
      case Value.IntervalValue v -> hashObject(v.value());
      default -> value.hashCode();
    };
  }

  /** Mixes all bits into an int (the finalizer of MurmurHash3). */
  public static int spread(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    return (int) (mixed ^ mixed >>> 32);
  }
}
