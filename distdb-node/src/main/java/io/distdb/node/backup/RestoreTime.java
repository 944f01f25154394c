// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Moments as people give them. */
public final class RestoreTime {
  private static final Pattern HOURS_ALONE = Pattern.compile(".*T.*[+-][0-9]{2}");

  private RestoreTime() {}

  /** A timestamp for people to read, and as the number it is. */
  static String text(long timestamp) {
    return Timestamp.toInstant(timestamp) + " (" + timestamp + ")";
  }

  /**
   * A timestamp: a bare number is one; else an ISO time, with a zone or in UTC, in which a space
   * may stand for the T, as DistDB prints a timestamp: its zone may be hours alone. What is finer
   * than a microsecond is cut.
   *
   * @throws DistDbException {@code INVALID_DATETIME_FORMAT}
   */
  public static long parse(String text) {
    String iso = text.strip().replace(' ', 'T');
    if (iso.matches("[0-9]{1,18}")) {
      return Long.parseLong(iso);
    }
    if (HOURS_ALONE.matcher(iso).matches()) {
      iso += ":00";
    }
    try {
      var found =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          found instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : ((LocalDateTime) found).toInstant(ZoneOffset.UTC);
      return Timestamp.of(instant);
    } catch (DateTimeException | ArithmeticException wrong) {
      throw new DistDbException(
              ErrorCode.INVALID_DATETIME_FORMAT, "\"" + text + "\" is no moment", wrong)
          .withHint("Give one such as 2026-11-26T17:20:07.123456Z, or a timestamp as a number.");
    }
  }
}
