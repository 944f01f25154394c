// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

/**
 * Ways in which concurrent transactions go wrong. Names from Adya, "Weak Consistency" (MIT, 1999);
 * the list is the one of Kleppmann's Hermitage project.
 */
public enum Anomaly {
  /** Write cycle: two transactions' writes interleave. */
  G0,
  /** A read of what was rolled back. */
  G1A,
  /** A read of what was overwritten before its commit. */
  G1B,
  /** Circular information flow between two transactions. */
  G1C,
  /** Observed transaction vanishes. */
  OTV,
  /** Predicate-many-preceders: a row appears in a repeated search. */
  PMP,
  /** Lost update. */
  P4,
  /** Read skew. */
  G_SINGLE,
  /** Write skew on two rows. */
  G2_ITEM,
  /** Write skew on a predicate. */
  G2
}
