// SPDX-License-Identifier: MIT
/**
 * Calendar arithmetic and the text forms of SQL's date and time types, over plain numbers.
 *
 * <table>
 *   <caption>Representation</caption>
 *   <tr><td>DATE<td>int: days since 1970-01-01 of the proleptic Gregorian calendar
 *   <tr><td>TIME<td>long: microseconds since midnight, 0 to 86,400,000,000 (24:00:00)
 *   <tr><td>TIMESTAMP<td>long: microseconds since 1970-01-01 00:00:00 of the local calendar
 *   <tr><td>TIMESTAMPTZ<td>long: microseconds since 1970-01-01 00:00:00 UTC
 *   <tr><td>INTERVAL<td>{@link io.distdb.api.type.Interval}: months, days, microseconds
 * </table>
 *
 * <p>{@code infinity} and {@code -infinity} are the greatest and the least value of the int or
 * long; every other value lies within the limits of {@link io.distdb.sql.datetime.Dates} and {@link
 * io.distdb.sql.datetime.Timestamps}. The rules are those of PostgreSQL's documentation, chapters
 * 8.5 and 9.9 and appendix B. Nothing here reads a clock or the default time zone: callers hand
 * both in.
 */
package io.distdb.sql.datetime;
