// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import io.distdb.sql.datetime.DateOrder;
import io.distdb.sql.datetime.DateStyle;
import io.distdb.sql.datetime.IntervalStyle;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * What the text form of values depends on.
 *
 * @param zone in which TIMESTAMPTZ is shown, and read where none is named
 * @param dates how dates and times are written
 * @param order in which day, month and year are read, and written by some styles
 * @param intervals how intervals are written
 * @param hex whether BYTEA is written as {@code \x} and digits, else with escapes
 * @param floatDigits above 0: the shortest exact text of floating-point numbers; else so many
 *     digits more than 15 (6 for REAL)
 */
public record TextStyle(
    ZoneId zone,
    DateStyle dates,
    DateOrder order,
    IntervalStyle intervals,
    boolean hex,
    int floatDigits) {
  /** In UTC, all else as {@link #plain}. */
  public static final TextStyle PLAIN = plain(ZoneOffset.UTC);

  /** Whether all but the zone is as settings have it at first. */
  public boolean isPlain() {
    return dates == DateStyle.ISO && intervals == IntervalStyle.POSTGRES && hex && floatDigits > 0;
  }

  public TextStyle {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(dates, "dates");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(intervals, "intervals");
  }

  /** What a session has that sets nothing but its time zone. */
  public static TextStyle plain(ZoneId zone) {
    return new TextStyle(zone, DateStyle.ISO, DateOrder.MDY, IntervalStyle.POSTGRES, true, 1);
  }
}
