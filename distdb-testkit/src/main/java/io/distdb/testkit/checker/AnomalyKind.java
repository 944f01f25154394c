// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import io.distdb.api.txn.IsolationLevel;

/**
 * What may be wrong with a history. The names G0 to G2-item are those of Adya, "Weak consistency: a
 * generalized theory and optimistic implementations for distributed transactions", MIT 1999.
 */
public enum AnomalyKind {
  /** No order of the operations explains the answers. */
  NOT_LINEARIZABLE,
  /** The search was given up: counts as a failure. */
  UNDECIDED,
  /** The recorder broke a rule of the checker, such as appending a value twice. */
  MALFORMED_HISTORY,
  /** A transaction does not see its own writes, or sees some it has not made yet. */
  INTERNAL,
  /** Two reads of a list are not prefixes of one order. */
  INCOMPATIBLE_ORDER,
  /** A value is twice in a list. */
  DUPLICATE_ELEMENT,
  /** A value was read that nobody wrote. */
  GARBAGE_READ,
  /** Dirty write: a cycle of write-write dependencies. */
  G0,
  /** Aborted read. */
  G1A,
  /** Intermediate read. */
  G1B,
  /** Circular information flow: a cycle of write-write and write-read dependencies. */
  G1C,
  /** A cycle with exactly one anti-dependency: read skew, fuzzy read. */
  G_SINGLE,
  /** A cycle with several anti-dependencies: write skew on items. */
  G2_ITEM,
  /** Two transactions read one version of a list and both appended to it. */
  LOST_UPDATE,
  /** A cycle that needs an edge of real time: serializable, but not in the order of the clock. */
  REALTIME,
  /** Money was made or lost. */
  WRONG_TOTAL,
  /** What was acknowledged is not there. */
  LOST,
  /** What was seen is not there later. */
  VANISHED,
  /** What was never done is there. */
  PHANTOM,
  /** A later read saw less. */
  NOT_MONOTONIC,
  /** Two reads saw two writes in opposite orders. */
  LONG_FORK,
  /** Both of two transactions committed though each forbids the other. */
  WRITE_SKEW,
  /** A unique key is there twice. */
  DUPLICATE_KEY;

  /** Whether a history at this level must not show it. */
  public boolean isForbiddenAt(IsolationLevel level) {
    return switch (this) {
      case G_SINGLE, LOST_UPDATE, LONG_FORK -> level != IsolationLevel.READ_COMMITTED;
      case G2_ITEM, WRITE_SKEW, REALTIME -> level == IsolationLevel.SERIALIZABLE;
      case NOT_LINEARIZABLE,
          UNDECIDED,
          MALFORMED_HISTORY,
          INTERNAL,
          INCOMPATIBLE_ORDER,
          DUPLICATE_ELEMENT,
          GARBAGE_READ,
          G0,
          G1A,
          G1B,
          G1C,
          WRONG_TOTAL,
          LOST,
          VANISHED,
          PHANTOM,
          NOT_MONOTONIC,
          DUPLICATE_KEY ->
          true;
    };
  }
}
