// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** C's {@code %g}, in which PostgreSQL's messages show doubles. */
final class GeneralText {
  private GeneralText() {}

  /** Six significant digits; an exponent below -4 and from 6 on. */
  static String of(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded =
        new BigDecimal(number)
            .round(new MathContext(6, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = number == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return rounded.toPlainString();
    }
    return rounded.movePointLeft(exponent).toPlainString()
        + (exponent < 0 ? "e-" : "e+")
        + "%02d".formatted(Math.abs(exponent));
  }
}
