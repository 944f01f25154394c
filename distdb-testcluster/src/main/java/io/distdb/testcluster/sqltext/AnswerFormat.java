// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import io.distdb.api.type.Numeric;
import io.distdb.api.type.Value;
import io.distdb.sql.function.TypeOutput;
import io.distdb.testcluster.sqltext.SqlTextRecord.SortMode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Answers as sqllogictest writes them: one value a line, by the column's letter. */
final class AnswerFormat {
  private AnswerFormat() {}

  static String format(Value value, char letter) {
    return switch (value) {
      case Value.Null() -> "NULL";
      case Value.BooleanValue(boolean bool) ->
          letter == 'I' ? (bool ? "1" : "0") : bool ? "t" : "f";
      case Value.IntegerValue(int number) -> number(number, letter);
      case Value.BigintValue(long number) -> number(number, letter);
      case Value.DoubleValue(double number) when letter != 'T' -> fraction(number, letter);
      case Value.TextValue(String text) -> text(text, letter);
      case Value.SmallintValue(short number) -> number(number, letter);
      case Value.NumericValue(Numeric number) when letter != 'T' ->
          fraction(number.doubleValue(), letter);
      case Value.RealValue(float number) when letter != 'T' -> fraction(number, letter);
      default -> text(TypeOutput.text(value, ZoneOffset.UTC), letter);
    };
  }

  private static String number(long number, char letter) {
    return letter == 'R' ? real(number) : Long.toString(number);
  }

  /** As C's {@code atoi} would read its text where an integer is asked for. */
  private static String fraction(double number, char letter) {
    return letter == 'R' ? real(number) : Long.toString((long) number);
  }

  /** All digits of the binary number, not the fewest. */
  private static String real(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return String.format(Locale.ROOT, "%.3f", number);
    }
    String digits = new BigDecimal(number).setScale(3, RoundingMode.HALF_UP).toPlainString();
    boolean negativeZero = digits.equals("0.000") && (number < 0 || 1 / number < 0);
    return negativeZero ? "-" + digits : digits;
  }

  private static String text(String text, char letter) {
    if (letter == 'I') {
      return "0";
    }
    if (text.isEmpty()) {
      return "(empty)";
    }
    StringBuilder printable = new StringBuilder(text.length());
    text.chars().forEach(c -> printable.append(c >= ' ' && c != 0x7f ? (char) c : '@'));
    return printable.toString();
  }

  /** The values in the order in which they are compared. */
  static List<String> arrange(List<List<String>> rows, SortMode sortMode) {
    List<List<String>> ordered = new ArrayList<>(rows);
    if (sortMode == SortMode.ROWSORT) {
      ordered.sort(AnswerFormat::compareRows);
    }
    List<String> values = new ArrayList<>();
    ordered.forEach(values::addAll);
    if (sortMode == SortMode.VALUESORT) {
      values.sort(Comparator.naturalOrder());
    }
    return values;
  }

  private static int compareRows(List<String> left, List<String> right) {
    for (int i = 0; i < left.size(); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  static String hash(List<String> values) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      for (String value : values) {
        md5.update(value.getBytes(StandardCharsets.UTF_8));
        md5.update((byte) '\n');
      }
      return values.size() + " values hashing to " + HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this JDK has no MD5", missing);
    }
  }
}
