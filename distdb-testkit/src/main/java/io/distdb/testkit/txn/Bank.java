// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.Retry;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.testkit.SeededRandom;
import java.nio.ByteBuffer;

/**
 * Accounts and transfers between them: whatever happens, every snapshot has the same total. Any
 * number of threads, real or simulated.
 */
public final class Bank {
  /** What an audit that was aborted gives. */
  public static final long ABORTED = -1;

  private static final long OPENING_BALANCE = 1_000;

  private final TransactionManager manager;
  private final IndexId index;
  private final int accounts;
  private final Runnable pause;

  /**
   * @param pause called between the steps of a transaction; a simulation preempts there
   */
  public Bank(TransactionManager manager, IndexId index, int accounts, Runnable pause) {
    this.manager = manager;
    this.index = index;
    this.accounts = accounts;
    this.pause = pause;
  }

  /** Opens the accounts, in a new index. */
  public static IndexId create(TransactionManager manager, int accounts) {
    IndexId index = manager.newIndexId();
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      transaction.createIndex(index, IndexKind.BTREE);
      for (int i = 0; i < accounts; i++) {
        transaction.put(index, account(i), amount(OPENING_BALANCE));
      }
      transaction.commit();
    }
    return index;
  }

  /** What every snapshot must show. */
  public long total() {
    return accounts * OPENING_BALANCE;
  }

  /** Moves a random amount; false: aborted by a retryable error. */
  public boolean transfer(IsolationLevel level, SeededRandom random) {
    int from = random.below(accounts);
    int to = (from + 1 + random.below(accounts - 1)) % accounts;
    long moved = 1 + random.below(50);
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT.withIsolation(level))) {
      change(transaction, from, -moved);
      pause.run();
      change(transaction, to, moved);
      pause.run();
      transaction.commit();
      return true;
    } catch (DistDbException failure) {
      requireRetryable(failure);
      return false;
    }
  }

  private void change(Transaction transaction, int account, long by) {
    transaction.beginStatement();
    RowLock.Held held =
        (RowLock.Held)
            transaction.lock(index, account(account), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    transaction.put(index, account(account), amount(balance(held.value()) + by));
  }

  /**
   * The total at one snapshot, one half read by scan, the other account by account, or {@link
   * #ABORTED}.
   */
  public long audit(IsolationLevel level, boolean readOnly) {
    try (Transaction transaction =
        manager.begin(TransactionOptions.DEFAULT.withIsolation(level).withReadOnly(readOnly))) {
      long sum = 0;
      int half = accounts / 2;
      try (IndexCursor rows =
          transaction.range(index, new KeyRange(account(half), null), Direction.BACKWARD)) {
        while (rows.next()) {
          sum += balance(rows.value());
        }
      }
      for (int i = 0; i < half; i++) {
        pause.run();
        sum += balance(transaction.get(index, account(i)));
      }
      transaction.commit();
      return sum;
    } catch (DistDbException failure) {
      requireRetryable(failure);
      return ABORTED;
    }
  }

  private static void requireRetryable(DistDbException failure) {
    if (failure.code().retry() != Retry.TRANSACTION) {
      throw failure;
    }
  }

  private static Bytes account(int number) {
    return Bytes.of(number >> 8, number & 0xff);
  }

  private static Bytes amount(long value) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private static long balance(Bytes value) {
    return ByteBuffer.wrap(value.array()).getLong();
  }
}
