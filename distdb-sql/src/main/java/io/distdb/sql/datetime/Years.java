// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

/** Years, decades, centuries and millennia of a proleptic year, in which 0 is 1 BC. */
final class Years {
  private Years() {}

  /** There is no year 0: 1 BC is -1. */
  static int named(int year) {
    return year > 0 ? year : year - 1;
  }

  static int decade(int year) {
    return Math.floorDiv(year, 10);
  }

  /** The first is of the years 1 to 100; before it comes -1. */
  static int century(int year) {
    return period(year, 100);
  }

  static int millennium(int year) {
    return period(year, 1_000);
  }

  private static int period(int year, int length) {
    return year > 0 ? (year + length - 1) / length : -((length - year) / length);
  }

  /** The first year of the period of {@code length} years, which starts at a year 1. */
  static int periodStart(int year, int length) {
    return Math.floorDiv(year - 1, length) * length + 1;
  }
}
