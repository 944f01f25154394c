// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.Bytes;

/** What {@link Transaction#lock} found. */
public sealed interface RowLock {
  /**
   * The lock is held.
   *
   * @param value the newest committed value, or this transaction's own; null when the key is absent
   * @param changed whether a version newer than the statement's snapshot was found, so that the
   *     caller checks its condition again (READ COMMITTED only; the stricter levels throw instead
   *     or read the newest anyway)
   */
  record Held(Bytes value, boolean changed) implements RowLock {}

  /** Another transaction holds it, and the policy was {@link WaitPolicy#SKIP}. */
  record Skipped() implements RowLock {}
}
