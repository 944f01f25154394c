// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of settings, with their units (PostgreSQL's documentation, 20.1.1). */
final class SettingNumbers {
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\s*([+-]?)(?:0[xX]([0-9a-fA-F]{1,16})|((?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?))"
              + "\\s*([a-zA-Z]*)\\s*");

  private SettingNumbers() {}

  /**
   * The count that {@code value} writes, in the base unit; a fraction is rounded.
   *
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}
   */
  static long count(Setting setting, SettingKind.Whole kind, String value) {
    Matcher matcher = NUMBER.matcher(value);
    if (!matcher.matches()) {
      throw SettingRules.invalid(setting.name(), value);
    }
    Optional<BigDecimal> number = kind.unit().toBase(number(matcher), matcher.group(4));
    if (number.isEmpty()) {
      DistDbException invalid = SettingRules.invalid(setting.name(), value);
      throw kind.unit() == SettingUnit.NONE ? invalid : invalid.withHint(kind.unit().hint());
    }
    BigDecimal rounded = number.get().setScale(0, RoundingMode.HALF_EVEN);
    if (rounded.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      throw SettingRules.invalid(setting.name(), value).withHint("Value exceeds integer range.");
    }
    long count = rounded.longValueExact();
    if (count < kind.least() || count > kind.most()) {
      String unit = kind.unit().base();
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          count
              + (unit.isEmpty() ? "" : " " + unit)
              + " is outside the valid range for parameter \""
              + setting.name()
              + "\" ("
              + kind.least()
              + " .. "
              + kind.most()
              + ")");
    }
    return count;
  }

  private static BigDecimal number(Matcher matcher) {
    BigDecimal number =
        matcher.group(2) != null
            ? new BigDecimal(new BigInteger(matcher.group(2), 16))
            : new BigDecimal(matcher.group(3));
    return matcher.group(1).equals("-") ? number.negate() : number;
  }
}
