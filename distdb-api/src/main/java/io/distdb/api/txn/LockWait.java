// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import java.util.function.Consumer;

/** A request for a lock that has to wait. Thread-safe. */
public interface LockWait {
  /** What is wanted, and since when. */
  LockView view();

  /**
   * Tells of each party that must let go, or give up, before this request can be granted; of some
   * twice. Of none when it waits no more. Only within {@link TransactionManager#whileLocksRest}.
   */
  void blockers(Consumer<LockParty> visitor);
}
