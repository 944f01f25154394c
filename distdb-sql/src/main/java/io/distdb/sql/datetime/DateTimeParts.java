// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.time.ZoneId;

/**
 * What date and time input says.
 *
 * @param special a word that stands for the whole, or null
 * @param day since 1970-01-01, perhaps beyond what a type holds
 * @param time microseconds of the day, up to 24:00:00
 * @param zone null when the text names none
 */
record DateTimeParts(Special special, long day, long time, ZoneId zone) {
  enum Special {
    NOW,
    EPOCH,
    INFINITY,
    MINUS_INFINITY
  }
}
