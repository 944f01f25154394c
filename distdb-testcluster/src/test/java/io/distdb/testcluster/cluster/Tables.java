// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import java.nio.ByteBuffer;

/** The indexes that the clients use. */
record Tables(IndexId registers, IndexId accounts, IndexId lists, IndexId set, IndexId counters) {
  static final int ACCOUNTS = 5;
  static final long OPENING_BALANCE = 1_000;

  /** What all accounts hold together, always. */
  static final long TOTAL = ACCOUNTS * OPENING_BALANCE;

  static Tables create(TransactionManager manager) {
    Tables tables =
        new Tables(
            manager.newIndexId(),
            manager.newIndexId(),
            manager.newIndexId(),
            manager.newIndexId(),
            manager.newIndexId());
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      transaction.createIndex(tables.registers, IndexKind.BTREE);
      transaction.createIndex(tables.accounts, IndexKind.BTREE);
      transaction.createIndex(tables.lists, IndexKind.BTREE);
      transaction.createIndex(tables.set, IndexKind.BTREE);
      transaction.createIndex(tables.counters, IndexKind.BTREE);
      for (int account = 0; account < ACCOUNTS; account++) {
        transaction.put(tables.accounts, bytes(account), bytes(OPENING_BALANCE));
      }
      transaction.commit();
    }
    return tables;
  }

  static Bytes bytes(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /** 0 for what is not there. */
  static long number(Bytes bytes) {
    return bytes == null ? 0 : ByteBuffer.wrap(bytes.array()).getLong();
  }
}
