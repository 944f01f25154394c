// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.testkit.txn.IsolationContract;
import io.distdb.testkit.txn.TransactionHome;

class ShardIsolationContractTest extends IsolationContract {
  @Override
  protected TransactionHome open() {
    return new TestDatabase();
  }
}
