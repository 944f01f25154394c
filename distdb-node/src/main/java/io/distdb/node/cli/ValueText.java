// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.type.Value;
import java.math.BigDecimal;

/** Values as PostgreSQL prints them. */
final class ValueText {
  /** Decimal exponents outside these are written as powers of ten. */
  private static final int EXPONENT_MIN = -4;

  private static final int EXPONENT_MAX = 15;

  private ValueText() {}

  static String of(Value value) {
    return switch (value) {
      case Value.Null none -> "";
      case Value.BooleanValue(boolean truth) -> truth ? "t" : "f";
      case Value.IntegerValue(int number) -> Integer.toString(number);
      case Value.BigintValue(long number) -> Long.toString(number);
      case Value.DoubleValue(double number) -> of(number);
      case Value.TextValue(String text) -> text;
    };
  }

  /** The shortest digits that read back as {@code number}. */
  static String of(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return 1 / number > 0 ? "0" : "-0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= EXPONENT_MIN && exponent < EXPONENT_MAX) {
      return decimal.toPlainString();
    }
    BigDecimal digits = decimal.movePointLeft(exponent);
    String sign = exponent < 0 ? "-" : "+";
    String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return digits.toPlainString() + "e" + sign + power;
  }
}
