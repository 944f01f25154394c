// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import io.distdb.testkit.txn.IsolationContract;
import io.distdb.testkit.txn.TransactionHome;

class GatewayIsolationContractTest extends IsolationContract {
  @Override
  protected TransactionHome open() {
    return new TwoNodes(Clock.system(), TestDatabase.LIMITS, true);
  }
}
