// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

/**
 * What joins cost, in rows scanned in key order: rough figures, whose proportions are what matters.
 * They were measured with tables of 600,000 and 1,000 rows; see docs/adr/0014.
 */
final class JoinCost {
  /** A row that goes into a hash table that the processor's cache holds. */
  private static final double HASH_BUILD = 1.5;

  /** A row that is looked up in one. */
  private static final double HASH_PROBE = 1;

  /** Rows whose hash table the cache still holds. */
  private static final double CACHED_ROWS = 128_000;

  /** What each doubling beyond adds to both, as a share. */
  private static final double MISSES = 0.8;

  private static final double DOUBLINGS_MAX = 6;

  /** A row that a merge join goes past. */
  static final double MERGE = 0.7;

  /** A pair that a condition decides about. */
  static final double PAIR = 0.5;

  /** A comparison of a sort, more or less. */
  private static final double SORT = 0.2;

  /** Opening a cursor for an outer row. */
  static final double SEEK = 2;

  /** A row that comes out. */
  static final double OUT = 0.1;

  private JoinCost() {}

  static double hash(Joined probe, Joined build) {
    double doublings = Math.log(Math.max(1, build.rows() / CACHED_ROWS)) / Math.log(2);
    double slower = 1 + MISSES * Math.min(DOUBLINGS_MAX, doublings);
    double work = HASH_BUILD * build.rowsAtLeastOne() + HASH_PROBE * probe.rowsAtLeastOne();
    return probe.cost() + build.cost() + slower * work;
  }

  static double nestedLoop(Joined outer, Joined inner) {
    return outer.cost() + inner.cost() + PAIR * outer.rowsAtLeastOne() * inner.rowsAtLeastOne();
  }

  /** Without what it takes to order the sides. */
  static double merge(Joined left, Joined right) {
    return left.cost() + right.cost() + MERGE * (left.rowsAtLeastOne() + right.rowsAtLeastOne());
  }

  static double sort(double rows) {
    return SORT * rows * Math.max(1, Math.log(rows));
  }

  /**
   * @param each cost of reading the inner table for one outer row
   */
  static double index(Joined outer, double each) {
    return outer.cost() + outer.rowsAtLeastOne() * (SEEK + each);
  }
}
