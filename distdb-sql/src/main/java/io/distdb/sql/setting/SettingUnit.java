// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** In what a number of {@code pg_settings} counts, and which units its input may name. */
public enum SettingUnit {
  NONE("", "", List.of()),
  BYTES(
      "B",
      "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".",
      List.of(
          new Scale("TB", 1L << 40, 1),
          new Scale("GB", 1L << 30, 1),
          new Scale("MB", 1L << 20, 1),
          new Scale("kB", 1L << 10, 1),
          new Scale("B", 1, 1))),
  KILOBYTES(
      "kB",
      BYTES.hint,
      List.of(
          new Scale("TB", 1L << 30, 1),
          new Scale("GB", 1L << 20, 1),
          new Scale("MB", 1L << 10, 1),
          new Scale("kB", 1, 1),
          new Scale("B", 1, 1L << 10))),
  MILLISECONDS(
      "ms",
      "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".",
      List.of(
          new Scale("d", 86_400_000, 1),
          new Scale("h", 3_600_000, 1),
          new Scale("min", 60_000, 1),
          new Scale("s", 1_000, 1),
          new Scale("ms", 1, 1),
          new Scale("us", 1, 1_000)));

  /** One {@code name} is {@code times / parts} of the base unit. */
  private record Scale(String name, long times, long parts) {}

  private final String base;
  private final String hint;
  private final List<Scale> scales;

  SettingUnit(String base, String hint, List<Scale> scales) {
    this.base = base;
    this.hint = hint;
    this.scales = scales;
  }

  /** The unit in which {@code pg_settings} counts; empty for plain numbers. */
  public String base() {
    return base;
  }

  /** What an error adds about units; empty when there are none. */
  String hint() {
    return hint;
  }

  /** {@code number} of the unit in the base unit, or nothing for a unit that is none of these. */
  Optional<BigDecimal> toBase(BigDecimal number, String unit) {
    if (unit.isEmpty()) {
      return Optional.of(number);
    }
    return scales.stream()
        .filter(scale -> scale.name.equals(unit))
        .findFirst()
        .map(scale ->
            number
                .multiply(BigDecimal.valueOf(scale.times))
                .divide(BigDecimal.valueOf(scale.parts)));
  }

  /**
   * As SHOW prints it: in the largest unit that leaves nothing over; 0 and below without a unit.
   */
  String text(long count) {
    if (count > 0) {
      for (Scale scale : scales) {
        if (scale.parts == 1 && count % scale.times == 0) {
          return count / scale.times + scale.name;
        }
      }
    }
    return Long.toString(count);
  }
}
