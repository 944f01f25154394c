// SPDX-License-Identifier: MIT
/**
 * SQL types and values as every layer above storage speaks them.
 *
 * <p>Dates and times are numbers here: a DATE is days since 1970-01-01 (an int), a TIME is
 * microseconds of the day (0 to 86,400,000,000, both included), a TIMESTAMP is microseconds since
 * 1970-01-01 00:00 by the clock of no zone, a TIMESTAMPTZ microseconds since that instant in UTC.
 * The calendar is the proleptic Gregorian one. The least int or long is -infinity, the greatest is
 * infinity.
 */
package io.distdb.api.type;
