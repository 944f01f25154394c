// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import io.distdb.testkit.txn.BankContract;
import io.distdb.testkit.txn.TransactionHome;

/** With collection of old versions at every look, so that it too is under load. */
class GatewayBankContractTest extends BankContract {
  @Override
  protected TransactionHome open() {
    return new TwoNodes(
        Clock.system(), TestDatabase.LIMITS.withGarbageVersionsMin(0).withCheckpointBytes(1 << 16));
  }
}
