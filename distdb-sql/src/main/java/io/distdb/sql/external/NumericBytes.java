// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The binary form of NUMERIC, which counts in base 10,000:
 *
 * <pre>
 * 0  2  number of digits that follow, each 0 to 9,999
 * 2  2  weight: the first digit counts 10,000 to this power
 * 4  2  sign: 0 positive, 0x4000 negative, 0xC000 NaN, 0xD000 infinity, 0xF000 -infinity
 * 6  2  scale: decimal digits after the point that are shown
 * 8     digits, two bytes each; those left out at the end are zero
 * </pre>
 */
final class NumericBytes {
  private static final int BASE = 10_000;
  private static final int BASE_DIGITS = 4;

  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int POSITIVE_INFINITY = 0xD000;
  private static final int NEGATIVE_INFINITY = 0xF000;
  private static final int SCALE_MAX = 0x3FFF;

  /** What PostgreSQL writes there; nobody reads it. */
  private static final int INFINITE_SCALE = 0x20;

  /** Base digits that a long has room for. */
  private static final int LONG_DIGITS = 4;

  private NumericBytes() {}

  static void put(ByteOutput out, Numeric value) {
    if (!value.isFinite()) {
      int sign = value.isNaN() ? NAN : value.signum() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
      putHeader(out, 0, 0, sign, value.isNaN() ? 0 : INFINITE_SCALE);
      return;
    }
    BigDecimal decimal = value.decimal();
    BigInteger unscaled = decimal.unscaledValue();
    int scale = decimal.scale();
    int sign = unscaled.signum() < 0 ? NEGATIVE : 0;
    // the point is moved so that it lies between two digits of base 10,000
    int zeros = Math.floorMod(-scale, BASE_DIGITS);
    int fractionDigits = (scale + zeros) / BASE_DIGITS;
    if (unscaled.bitLength() < 50) {
      putSmall(out, Math.abs(unscaled.longValue()) * power(zeros), fractionDigits, sign, scale);
    } else {
      putLarge(
          out,
          unscaled.abs().multiply(BigInteger.valueOf(power(zeros))),
          fractionDigits,
          sign,
          scale);
    }
  }

  private static int power(int zeros) {
    return switch (zeros) {
      case 0 -> 1;
      case 1 -> 10;
      case 2 -> 100;
      default -> 1_000;
    };
  }

  private static void putHeader(ByteOutput out, int count, int weight, int sign, int scale) {
    out.putShort(count);
    out.putShort(weight);
    out.putShort(sign);
    out.putShort(scale);
  }

  /**
   * @param number not negative
   * @param fractionDigits how many of its digits are after the point
   */
  private static void putSmall(
      ByteOutput out, long number, int fractionDigits, int sign, int scale) {
    if (number == 0) {
      putHeader(out, 0, 0, 0, scale);
      return;
    }
    long rest = number;
    int dropped = 0;
    while (rest % BASE == 0) {
      rest /= BASE;
      dropped++;
    }
    int count = 0;
    long unit = 1;
    for (long left = rest; left > 0; left /= BASE) {
      unit = count == 0 ? 1 : unit * BASE;
      count++;
    }
    putHeader(out, count, count + dropped - fractionDigits - 1, sign, scale);
    for (; unit > 0; unit /= BASE) {
      out.putShort((int) (rest / unit % BASE));
    }
  }

  private static void putLarge(
      ByteOutput out, BigInteger number, int fractionDigits, int sign, int scale) {
    String text = number.toString();
    int whole = (text.length() + BASE_DIGITS - 1) / BASE_DIGITS;
    int first = text.length() - (whole - 1) * BASE_DIGITS;
    int count = whole;
    while (isZero(text, first + (count - 2) * BASE_DIGITS)) {
      count--;
    }
    putHeader(out, count, whole - fractionDigits - 1, sign, scale);
    out.putShort(Integer.parseInt(text, 0, first, 10));
    for (int i = 1; i < count; i++) {
      int at = first + (i - 1) * BASE_DIGITS;
      out.putShort(Integer.parseInt(text, at, at + BASE_DIGITS, 10));
    }
  }

  /** Whether the digit of base 10,000 at {@code at} of the text is zero. */
  private static boolean isZero(String text, int at) {
    return text.startsWith("0000", at);
  }

  /**
   * Reads to the end of the input; digits beyond the scale are cut off, as PostgreSQL does.
   *
   * @throws DistDbException {@code INVALID_BINARY_REPRESENTATION}
   */
  static Numeric read(BinaryReader in) {
    int count = in.getShort() & 0xffff;
    int weight = in.getShort();
    int sign = in.getShort() & 0xffff;
    int scale = in.getShort() & 0xffff;
    boolean finite = sign == 0 || sign == NEGATIVE;
    if (!finite && sign != NAN && sign != POSITIVE_INFINITY && sign != NEGATIVE_INFINITY) {
      throw invalid("invalid sign in external \"numeric\" value");
    }
    if (scale > SCALE_MAX) {
      throw invalid("invalid scale in external \"numeric\" value");
    }
    BigInteger digits = digits(in, count);
    if (!finite) {
      return sign == NAN
          ? Numeric.NAN
          : sign == POSITIVE_INFINITY ? Numeric.POSITIVE_INFINITY : Numeric.NEGATIVE_INFINITY;
    }
    int exponent = (weight - count + 1) * BASE_DIGITS;
    BigDecimal number = new BigDecimal(sign == 0 ? digits : digits.negate(), -exponent);
    return Numeric.of(
        digits.signum() == 0
            ? new BigDecimal(BigInteger.ZERO, scale)
            : number.setScale(scale, RoundingMode.DOWN));
  }

  private static BigInteger digits(BinaryReader in, int count) {
    if (count <= LONG_DIGITS) {
      long number = 0;
      for (int i = 0; i < count; i++) {
        number = number * BASE + digit(in);
      }
      return BigInteger.valueOf(number);
    }
    in.require(count * Short.BYTES);
    StringBuilder text = new StringBuilder(count * BASE_DIGITS);
    for (int i = 0; i < count; i++) {
      text.append(digit(in) + BASE).deleteCharAt(text.length() - BASE_DIGITS - 1);
    }
    return new BigInteger(text.toString());
  }

  private static int digit(BinaryReader in) {
    int digit = in.getShort();
    if (digit < 0 || digit >= BASE) {
      throw invalid("invalid digit in external \"numeric\" value");
    }
    return digit;
  }

  private static DistDbException invalid(String message) {
    return new DistDbException(ErrorCode.INVALID_BINARY_REPRESENTATION, message);
  }
}
