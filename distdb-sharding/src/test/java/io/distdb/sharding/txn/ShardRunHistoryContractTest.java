// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import io.distdb.testkit.txn.RunHistoryContract;
import io.distdb.testkit.txn.TransactionHome;

class ShardRunHistoryContractTest extends RunHistoryContract {
  @Override
  protected TransactionHome open(Clock clock) {
    return new TestDatabase(clock, TestDatabase.LIMITS);
  }
}
