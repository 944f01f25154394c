// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import java.math.BigDecimal;
import java.util.Locale;

/** NUMERIC from text, and its limits (PostgreSQL documentation, 8.1.2). */
public final class NumericInput {
  /** Digits before the point. */
  private static final int WHOLE_DIGITS_MAX = 131_072;

  /** Digits after the point. */
  public static final int SCALE_MAX = 16_383;

  private NumericInput() {}

  static Numeric read(String text) {
    String stripped = TypeInput.strip(text);
    return switch (stripped.toLowerCase(Locale.ROOT)) {
      case "nan" -> Numeric.NAN;
      case "infinity", "inf", "+infinity", "+inf" -> Numeric.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Numeric.NEGATIVE_INFINITY;
      default -> {
        if (!TypeInput.isDecimal(stripped)) {
          throw TypeInput.invalid(text, SqlType.NUMERIC);
        }
        yield finite(decimal(stripped));
      }
    };
  }

  private static BigDecimal decimal(String digits) {
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException exponent) {
      throw overflow();
    }
  }

  /**
   * The number within the limits of NUMERIC: digits after the point beyond the limit are rounded.
   *
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}: too many digits before the point
   */
  public static Numeric finite(BigDecimal decimal) {
    if (decimal.signum() != 0 && (long) decimal.precision() - decimal.scale() > WHOLE_DIGITS_MAX) {
      throw overflow();
    }
    if (decimal.scale() > SCALE_MAX) {
      return Numeric.of(decimal.setScale(SCALE_MAX, java.math.RoundingMode.HALF_UP));
    }
    return Numeric.of(decimal.signum() == 0 && decimal.scale() < 0 ? BigDecimal.ZERO : decimal);
  }

  public static DistDbException overflow() {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
  }
}
