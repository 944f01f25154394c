// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;

/** One transaction of a client at one node. */
final class Visit implements AutoCloseable {
  private final Transaction transaction;

  Visit(Member.Life life, TransactionOptions options) {
    transaction = life.manager().begin(options);
  }

  static Visit reading(Member.Life life) {
    return new Visit(
        life,
        TransactionOptions.DEFAULT
            .withIsolation(IsolationLevel.REPEATABLE_READ)
            .withReadOnly(true));
  }

  Transaction transaction() {
    return transaction;
  }

  long get(IndexId index, long key) {
    return Tables.number(transaction.get(index, Tables.bytes(key)));
  }

  /** Locks a key and reads its newest value. */
  Bytes lock(IndexId index, long key) {
    transaction.beginStatement();
    return switch (transaction.lock(
        index, Tables.bytes(key), LockStrength.EXCLUSIVE, WaitPolicy.WAIT)) {
      case RowLock.Held held -> held.value();
      case RowLock.Skipped skipped ->
          throw new DistDbException(ErrorCode.LOCK_NOT_AVAILABLE, "waiting does not skip");
    };
  }

  void put(IndexId index, long key, Bytes value) {
    transaction.put(index, Tables.bytes(key), value);
  }

  long commit() {
    return transaction.commit();
  }

  @Override
  public void close() {
    transaction.close();
  }
}
