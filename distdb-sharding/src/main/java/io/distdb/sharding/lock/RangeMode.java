// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/** How a range of keys is locked. */
public enum RangeMode {
  /** Nobody else writes a key of it. */
  SHARED,
  /** Nobody else locks a key of it. */
  EXCLUSIVE,
  /**
   * Nobody else reads a key of it under a lock. Others may write there, but not the keys that the
   * owner writes: other locks of theirs see to that, as that of a row does for its index entries.
   * What is an intention lock elsewhere (Gray and Reuter, "Transaction Processing", section 7.8).
   */
  APART;

  /** Whether a key lock of another within the range, and this one, exclude each other. */
  boolean conflictsWithKey(boolean exclusive) {
    return switch (this) {
      case SHARED -> exclusive;
      case EXCLUSIVE -> true;
      case APART -> !exclusive;
    };
  }

  /** Whether it and the lock of another on an overlapping range exclude each other. */
  boolean conflictsWith(RangeMode other) {
    return this != other || this == EXCLUSIVE;
  }

  /** Whether it gives what {@code other} would. */
  boolean covers(RangeMode other) {
    return this == other || this == EXCLUSIVE;
  }

  /** Whether it gives what a key lock would. */
  boolean coversKey(boolean exclusive) {
    return this == EXCLUSIVE || this == SHARED && !exclusive;
  }

  /** The least mode that gives what both do. */
  RangeMode with(RangeMode other) {
    return this == other ? this : EXCLUSIVE;
  }
}
