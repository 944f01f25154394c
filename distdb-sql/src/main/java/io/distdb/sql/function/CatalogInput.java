// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values of the catalog's types from text and numbers (PostgreSQL documentation, 8.19, 8.3). */
public final class CatalogInput {
  /** Longest NAME, in bytes. */
  private static final int NAME_BYTES = 63;

  private static final long OID_MAX = 0xffff_ffffL;

  private CatalogInput() {}

  /**
   * An OID in decimal; a negative one counts back from 2^32.
   *
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION}, {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  public static long oid(String text, SqlType type) {
    long value;
    try {
      value = TypeInput.readBigint(text);
    } catch (DistDbException e) {
      throw e.code() == ErrorCode.INVALID_TEXT_REPRESENTATION
          ? TypeInput.invalid(text, type)
          : outOfRange(text, type);
    }
    if (value < Integer.MIN_VALUE || value > OID_MAX) {
      throw outOfRange(text, type);
    }
    return value & OID_MAX;
  }

  /**
   * An OID of a whole number: an INTEGER gives its 32 bits.
   *
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  public static long oid(long number) {
    if (number < Integer.MIN_VALUE || number > OID_MAX) {
      throw new DistDbException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "OID out of range");
    }
    return number & OID_MAX;
  }

  private static DistDbException outOfRange(String text, SqlType type) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
        "value \"" + text + "\" is out of range for type " + type.sqlName());
  }

  /** Cut to {@value #NAME_BYTES} bytes, between characters. */
  public static String name(String text) {
    if (text.length() * 3 <= NAME_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES) {
      return text;
    }
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int code = text.codePointAt(end);
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (bytes > NAME_BYTES) {
        break;
      }
      end += Character.charCount(code);
    }
    return text.substring(0, end);
  }

  /** The first character, or none. */
  public static String internalChar(String text) {
    return text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(0, 1));
  }

  /** {@code 1 2 3} as an int2vector or oidvector. */
  static Value vector(String text, SqlType element) {
    List<Value> elements = new ArrayList<>();
    for (String number : TypeInput.strip(text).split("[ \t\n\r\f\u000b]+")) {
      if (!number.isEmpty()) {
        elements.add(
            element == SqlType.OID
                ? Value.oid(oid(number, SqlType.OID))
                : new Value.SmallintValue(TypeInput.readSmallint(number)));
      }
    }
    return new Value.ArrayValue(SqlArray.vectorOf(element, elements));
  }
}
