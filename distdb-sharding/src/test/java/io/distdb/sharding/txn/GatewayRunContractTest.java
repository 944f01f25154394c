// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import io.distdb.testkit.txn.RunContract;
import io.distdb.testkit.txn.TransactionHome;

class GatewayRunContractTest extends RunContract {
  @Override
  protected TransactionHome open(Clock clock) {
    return new TwoNodes(clock, TestDatabase.LIMITS);
  }
}
