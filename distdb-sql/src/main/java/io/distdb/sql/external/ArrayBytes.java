// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.ArrayList;
import java.util.List;

/** Arrays from PostgreSQL's binary form. */
final class ArrayBytes {
  /** PostgreSQL's limit: as many elements as pointers fit into a gigabyte. */
  private static final int ELEMENTS_MAX = 134_217_727;

  private static final int NULL = -1;

  private ArrayBytes() {}

  static SqlArray read(BinaryReader in, SqlType.Array type) {
    SqlType elementType = type.element().unmodified();
    int count = in.getInt();
    if (count < 0) {
      throw invalid("invalid number of dimensions: " + count);
    }
    if (count > SqlArray.DIMENSIONS_MAX) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "number of array dimensions ("
              + count
              + ") exceeds the maximum allowed ("
              + SqlArray.DIMENSIONS_MAX
              + ")");
    }
    int flags = in.getInt();
    if (flags != 0 && flags != 1) {
      throw invalid("invalid array flags");
    }
    checkElementType(in.getInt(), elementType);
    List<SqlArray.Dimension> dimensions = new ArrayList<>();
    int elements = dimensions(in, count, dimensions);
    if (type.vector()) {
      return SqlArray.vectorOf(elementType, elements(in, elementType, elements));
    }
    return elements == 0
        ? SqlArray.of(elementType, List.of())
        : new SqlArray(elementType, dimensions, elements(in, elementType, elements));
  }

  private static void checkElementType(int number, SqlType expected) {
    if (number != TypeNumbers.of(expected)) {
      throw new DistDbException(
          ErrorCode.DATATYPE_MISMATCH,
          "binary data has array element type "
              + shown(number)
              + " instead of expected "
              + shown(TypeNumbers.of(expected)));
    }
  }

  private static String shown(int number) {
    String name = TypeNumbers.type(number).map(SqlType::sqlName).orElse("???");
    return Integer.toUnsignedString(number) + " (" + name + ")";
  }

  /** Reads the lengths; returns how many elements there are. */
  private static int dimensions(BinaryReader in, int count, List<SqlArray.Dimension> dimensions) {
    long elements = count == 0 ? 0 : 1;
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      int lower = in.getInt();
      elements = length < 0 ? Long.MAX_VALUE : elements * length;
      if (elements > ELEMENTS_MAX) {
        throw new DistDbException(
            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
            "array size exceeds the maximum allowed (" + ELEMENTS_MAX + ")");
      }
      if ((long) lower + length > Integer.MAX_VALUE) {
        throw new DistDbException(
            ErrorCode.PROGRAM_LIMIT_EXCEEDED, "array lower bound is too large: " + lower);
      }
      dimensions.add(new SqlArray.Dimension(lower, length));
    }
    return (int) elements;
  }

  private static List<Value> elements(BinaryReader in, SqlType elementType, int count) {
    List<Value> elements = new ArrayList<>(Math.min(count, in.remaining() / Integer.BYTES + 1));
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < NULL || length > in.remaining()) {
        throw invalid("insufficient data left in message");
      }
      if (length == NULL) {
        elements.add(Value.NULL);
        continue;
      }
      int before = in.narrow(length);
      elements.add(in.read(elementType));
      if (!in.isAtEnd()) {
        throw invalid("improper binary format in array element " + (i + 1));
      }
      in.widen(before);
    }
    return elements;
  }

  private static DistDbException invalid(String message) {
    return new DistDbException(ErrorCode.INVALID_BINARY_REPRESENTATION, message);
  }
}
