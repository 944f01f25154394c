// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.testkit.txn.ListAppendWorkload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Lists as values of an index, eight bytes an element. */
final class IndexLists implements ListAppendWorkload.Connection, AutoCloseable {
  private final TransactionManager manager;
  private final IndexId index;
  private final IsolationLevel level;
  private Transaction transaction;

  IndexLists(TransactionManager manager, IndexId index, IsolationLevel level) {
    this.manager = manager;
    this.index = index;
    this.level = level;
  }

  @Override
  public void begin(boolean readOnly) {
    transaction =
        manager.begin(TransactionOptions.DEFAULT.withIsolation(level).withReadOnly(readOnly));
  }

  @Override
  public List<Long> read(long key) {
    transaction.beginStatement();
    List<Long> read = list(transaction.get(index, key(key)));
    // On a busy machine a thread's turn is longer than a transaction: they would hardly overlap.
    Thread.yield();
    return read;
  }

  @Override
  public void append(long key, long value) {
    transaction.beginStatement();
    RowLock lock = transaction.lock(index, key(key), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    Bytes list = ((RowLock.Held) lock).value();
    byte[] before = list == null ? new byte[0] : list.array();
    ByteBuffer after = ByteBuffer.allocate(before.length + Long.BYTES).put(before).putLong(value);
    transaction.put(index, key(key), Bytes.wrap(after.array()));
  }

  @Override
  public void commit() {
    transaction.commit();
  }

  @Override
  public void rollback() {
    close();
  }

  @Override
  public void close() {
    if (transaction != null) {
      transaction.rollback();
    }
  }

  private static Bytes key(long key) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(key).array());
  }

  private static List<Long> list(Bytes value) {
    List<Long> list = new ArrayList<>();
    if (value != null) {
      ByteBuffer elements = ByteBuffer.wrap(value.array());
      while (elements.hasRemaining()) {
        list.add(elements.getLong());
      }
    }
    return list;
  }
}
