// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/** How a lock request ended, when it did not end with an error. */
public enum LockAnswer {
  /** The owner had it, or a stronger one, already. */
  HELD_ALREADY,
  /** Granted at once. */
  GRANTED,
  /** Granted after a wait: what was read before may be stale. */
  WAITED,
  /** Not granted, as the caller did not want to wait. Nothing is left behind. */
  REFUSED
}
