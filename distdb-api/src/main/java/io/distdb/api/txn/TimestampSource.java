// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** Strictly increasing timestamps, across restarts, failovers and clocks that jump. Thread-safe. */
public interface TimestampSource {
  /**
   * A timestamp above every one handed out before. May wait for a new upper bound to be committed;
   * must not be called within a lock.
   */
  long next();

  /**
   * The last timestamp handed out (or the bound recovered from): a snapshot here sees every commit
   * that was acknowledged before the call.
   */
  long current();

  /** The oracle's clock: about {@link #current} or later, without handing anything out. */
  long now();
}
