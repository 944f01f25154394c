// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import io.distdb.testkit.txn.TransactionContract;
import io.distdb.testkit.txn.TransactionHome;

class GatewayTransactionContractTest extends TransactionContract {
  @Override
  protected TransactionHome open(Clock clock) {
    return new TwoNodes(clock, TestDatabase.LIMITS);
  }
}
