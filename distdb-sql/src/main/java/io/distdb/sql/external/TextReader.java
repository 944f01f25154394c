// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.TypeInput;

/** Values from text that came as bytes. */
public final class TextReader {
  /** What {@link #wholeNumber} answers for bytes that it leaves to {@link TypeInput}. */
  public static final long NOT_PLAIN = Long.MIN_VALUE;

  /** More digits might not fit. */
  private static final int DIGITS_MAX = 18;

  private TextReader() {}

  /**
   * The value of {@code type} that UTF-8 at {@code from} to {@code to} writes.
   *
   * @throws DistDbException {@code CHARACTER_NOT_IN_REPERTOIRE}, and those of {@link TypeInput}
   */
  public static Value read(SqlType type, byte[] bytes, int from, int to, Environment environment) {
    if (type == SqlType.INTEGER || type == SqlType.BIGINT) {
      long number = wholeNumber(bytes, from, to);
      if (number != NOT_PLAIN && (type == SqlType.BIGINT || number == (int) number)) {
        return type == SqlType.BIGINT ? Value.of(number) : Value.of((int) number);
      }
    }
    String text = Utf8.text(bytes, from, to);
    return type == SqlType.TEXT ? Value.of(text) : TypeInput.read(text, type, environment);
  }

  /**
   * The number that plain digits write, perhaps after a minus; else {@link #NOT_PLAIN}: blanks, too
   * many digits, no digits at all.
   */
  public static long wholeNumber(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int first = negative ? from + 1 : from;
    if (first == to || to - first > DIGITS_MAX) {
      return NOT_PLAIN;
    }
    long value = 0;
    for (int i = first; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_PLAIN;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }
}
