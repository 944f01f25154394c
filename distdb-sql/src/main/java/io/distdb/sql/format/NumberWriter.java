// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * {@code to_char} of numbers. Digits that do not fit their positions are all written as {@code #}.
 */
public final class NumberWriter {
  /** Digits of a double that count. */
  private static final int DOUBLE_DIGITS = 15;

  /** Digits of a real that count. */
  private static final int REAL_DIGITS = 6;

  private final NumberPattern pattern;

  private NumberWriter(NumberPattern pattern) {
    this.pattern = pattern;
  }

  /** Reads {@code template} once for many numbers. */
  public static NumberWriter of(String template) {
    return new NumberWriter(NumberPattern.of(template));
  }

  public String numeric(Numeric number) {
    if (!number.isFinite() && pattern.flags.contains(NumberKey.ROMAN)) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "cannot convert " + (number.isNaN() ? "NaN" : "infinity") + " to integer");
    }
    if (!number.isFinite()) {
      return special(number.isNaN() ? "NaN" : "Infinity", number.signum() < 0);
    }
    return decimal(number.decimal(), pattern.after);
  }

  public String integer(long number) {
    return decimal(BigDecimal.valueOf(number), pattern.after);
  }

  public String doublePrecision(double number) {
    return binary(number, DOUBLE_DIGITS);
  }

  public String real(float number) {
    return binary(number, REAL_DIGITS);
  }

  private String binary(double number, int digits) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return special(Double.isNaN(number) ? "NaN" : "Infinity", number < 0);
    }
    BigDecimal exact = new BigDecimal(number);
    if (pattern.flags.contains(NumberKey.SCIENTIFIC) || pattern.flags.contains(NumberKey.ROMAN)) {
      return pattern.flags.contains(NumberKey.ROMAN)
          ? roman(exact.setScale(0, RoundingMode.HALF_EVEN))
          : scientific(exact);
    }
    BigDecimal shifted = exact.movePointRight(pattern.shift).abs();
    int whole = shifted.setScale(0, RoundingMode.HALF_EVEN).precision();
    int after = Math.max(0, Math.min(pattern.after, digits - whole));
    return laidOut(exact.signum() < 0, shifted.setScale(after, RoundingMode.HALF_EVEN));
  }

  private String special(String name, boolean negative) {
    if (pattern.flags.contains(NumberKey.SCIENTIFIC)) {
      return " " + hashes(pattern.before, pattern.after) + "####";
    }
    if (pattern.flags.contains(NumberKey.ROMAN)) {
      return "#".repeat(15);
    }
    return layout(negative, name.length() > pattern.before ? null : name, "", pattern.after);
  }

  private String decimal(BigDecimal number, int after) {
    if (pattern.flags.contains(NumberKey.ROMAN)) {
      return roman(number);
    }
    if (pattern.flags.contains(NumberKey.SCIENTIFIC)) {
      return scientific(number);
    }
    BigDecimal shifted = number.movePointRight(pattern.shift);
    BigDecimal rounded = shifted.abs().setScale(after, RoundingMode.HALF_UP);
    return laidOut(number.signum() < 0 && (rounded.signum() != 0 || keepsSign(number)), rounded);
  }

  /** A number that rounds to zero keeps its sign only as a whole number, where it cannot. */
  private static boolean keepsSign(BigDecimal number) {
    return number.scale() <= 0;
  }

  private String laidOut(boolean negative, BigDecimal rounded) {
    String digits = rounded.toPlainString();
    int point = digits.indexOf('.');
    String whole = point < 0 ? digits : digits.substring(0, point);
    String fraction = point < 0 ? "" : digits.substring(point + 1);
    return layout(
        negative, whole.length() > pattern.before ? null : whole, fraction, fraction.length());
  }

  /** The parts in order; {@code whole} is null when it does not fit. */
  private String layout(boolean negative, String whole, String fraction, int after) {
    boolean fits = whole != null;
    return new NumberLayout(
            pattern,
            negative,
            fits ? whole : "#".repeat(pattern.before),
            fits ? fraction : "#".repeat(after))
        .write();
  }

  private static String hashes(int before, int after) {
    return "#".repeat(Math.max(0, before)) + "." + "#".repeat(after);
  }

  private String scientific(BigDecimal number) {
    BigDecimal absolute = number.abs();
    int exponent = absolute.signum() == 0 ? 0 : absolute.precision() - absolute.scale() - 1;
    BigDecimal mantissa =
        absolute.movePointLeft(exponent).setScale(pattern.after, RoundingMode.HALF_UP);
    if (mantissa.compareTo(BigDecimal.TEN) >= 0) {
      exponent++;
      mantissa = absolute.movePointLeft(exponent).setScale(pattern.after, RoundingMode.HALF_UP);
    }
    return (number.signum() < 0 ? "-" : " ")
        + mantissa.toPlainString()
        + (exponent < 0 ? "e-" : "e+")
        + "%02d".formatted(Math.abs(exponent));
  }

  private String roman(BigDecimal number) {
    BigDecimal whole = number.setScale(0, RoundingMode.HALF_UP);
    String text = "#".repeat(15);
    boolean fill = !pattern.flags.contains(NumberKey.FILL_MODE);
    if (whole.signum() > 0 && whole.compareTo(BigDecimal.valueOf(3_999)) <= 0) {
      text = RomanNumber.of(whole.intValueExact());
      text = fill ? "%15s".formatted(text) : text;
    }
    boolean lower =
        pattern.parts.stream().anyMatch(part -> part.key() == NumberKey.ROMAN && !part.isUpper());
    return lower ? text.toLowerCase(java.util.Locale.ROOT) : text;
  }
}
