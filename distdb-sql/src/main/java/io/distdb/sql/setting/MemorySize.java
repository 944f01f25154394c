// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as settings write them: a number of kilobytes, or a number with its unit. */
public final class MemorySize {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|kB|MB|GB|TB)?");

  /** Least that a query may hold, in bytes. */
  private static final long LEAST = 64L << 10;

  private MemorySize() {}

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: no amount, or one below 64 kB
   */
  public static long bytes(String name, String value) {
    Matcher matcher = SIZE.matcher(value);
    if (!matcher.matches()) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "invalid value for parameter \"" + name + "\": \"" + value + "\"")
          .withHint(
              "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".");
    }
    int shift =
        switch (matcher.group(2) == null ? "kB" : matcher.group(2)) {
          case "B" -> 0;
          case "MB" -> 20;
          case "GB" -> 30;
          case "TB" -> 40;
          default -> 10;
        };
    long count = Long.parseLong(matcher.group(1));
    if (count > Long.MAX_VALUE >> shift || count << shift < LEAST) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          value + " is outside the valid range for parameter \"" + name + "\" (64kB and above)");
    }
    return count << shift;
  }

  /** In the largest unit that leaves nothing over. */
  public static String text(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    int unit = 0;
    long count = bytes;
    while (unit < units.length - 1 && (count & 1023) == 0) {
      count >>= 10;
      unit++;
    }
    return count + units[unit];
  }
}
