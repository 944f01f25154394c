// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockWait;

/** A session of another node, for whose waits nobody here has a use. */
record ForeignParty(int number) implements LockParty {
  @Override
  public void beginWait(LockWait wait) {
    // It may wait.
  }

  @Override
  public void endWait() {
    // Nobody was told of the wait.
  }
}
