// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockView;
import io.distdb.api.txn.LockWait;
import java.util.function.Consumer;

/** A request that waits, as the party of its owner knows it. */
record Waiting(LockTable table, Request request) implements LockWait {
  @Override
  public LockView view() {
    return LockSurvey.view(request);
  }

  @Override
  public void blockers(Consumer<LockParty> visitor) {
    table.visitBlockingParties(request, visitor);
  }
}
