// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.time.ZoneId;
import java.util.Objects;

/**
 * What the words of date and time input depend on.
 *
 * @param nowMicros the start of the transaction, in microseconds since 1970-01-01 UTC: {@code now},
 *     {@code today}
 * @param zone the session's time zone
 * @param order of the numbers of a date
 */
public record DateTimeContext(long nowMicros, ZoneId zone, DateOrder order) {
  /** With the order that DateStyle has at first. */
  public DateTimeContext(long nowMicros, ZoneId zone) {
    this(nowMicros, zone, DateOrder.MDY);
  }

  public DateTimeContext {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(order, "order");
  }

  long localNow() {
    return Timestamps.toLocal(nowMicros, zone);
  }

  int today() {
    return Timestamps.toDate(localNow());
  }
}
