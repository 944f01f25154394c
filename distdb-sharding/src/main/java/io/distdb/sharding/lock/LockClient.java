// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.time.Waiter;

/** Who waits for a lock: how to wake it, and whether it may go on waiting. */
public interface LockClient {
  /** Where the owner's thread waits; the same one at every call. Any thread. */
  Waiter waiter();

  /**
   * Called before and after each wait, by the owner's thread.
   *
   * @throws io.distdb.api.error.DistDbException the wait shall end: cancelled, or shutting down
   */
  void checkWait();
}
