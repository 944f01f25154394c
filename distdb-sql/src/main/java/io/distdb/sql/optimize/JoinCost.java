// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

/**
 * What joins cost, in rows scanned in key order: rough figures, whose proportions are what matters.
 */
final class JoinCost {
  /** A row that goes into a hash table. */
  static final double HASH_BUILD = 1.5;

  /** A row that is looked up in one. */
  static final double HASH_PROBE = 1;

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
    return probe.cost()
        + build.cost()
        + HASH_BUILD * build.rowsAtLeastOne()
        + HASH_PROBE * probe.rowsAtLeastOne();
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
