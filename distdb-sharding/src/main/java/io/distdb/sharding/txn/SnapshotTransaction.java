// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sharding.lock.LockClient;

/**
 * The time of a transaction: at which snapshot it reads, whether it goes on, and where it waits.
 *
 * <p>Snapshots. READ COMMITTED takes one for each statement, REPEATABLE READ one for all, but not
 * before it reads: a row lock that comes first discards a snapshot at which nothing was read, so
 * that what was committed during the wait is seen and is no conflict. SERIALIZABLE that may write
 * locks what it reads and reads the newest; its snapshot only tells the schema's version.
 *
 * <p>A transaction is one object for the sake of those that read one row; its three ideas are this
 * class and the two that extend it, {@link LockingTransaction} and {@link ShardTransaction}.
 */
abstract class SnapshotTransaction implements Transaction, LockClient {
  /** How far it is. */
  enum State {
    ACTIVE,
    /** An error ended it; a savepoint may bring it back. */
    FAILED,
    ENDED
  }

  static final long NO_SNAPSHOT = -1;

  /** The snapshot that garbage collection must keep, plus 1; 0: none. See OpenTransactions. */
  volatile long pinned;

  final TransactionContext context;
  final TransactionOptions options;

  /** Locks what it reads: SERIALIZABLE, unless it cannot write. */
  final boolean lockingReads;

  final boolean snapshotPerStatement;

  State state = State.ACTIVE;
  long snapshot = NO_SNAPSHOT;

  /** What {@link #snapshot} rests on; null on a node that is alone. */
  SnapshotBasis basis;

  /** Whether something was read at the snapshot, so that it must not move. */
  boolean snapshotUsed;

  private int openCursors;
  private volatile Waiter waiter;
  private volatile boolean cancelled;

  SnapshotTransaction(TransactionContext context, TransactionOptions options) {
    this.context = context;
    this.options = options;
    IsolationLevel isolation = options.isolation();
    lockingReads = isolation == IsolationLevel.SERIALIZABLE && !options.readOnly();
    snapshotPerStatement = isolation == IsolationLevel.READ_COMMITTED || lockingReads;
  }

  @Override
  public final IsolationLevel isolation() {
    return options.isolation();
  }

  @Override
  public final boolean readOnly() {
    return options.readOnly();
  }

  // --- snapshots ---

  @Override
  public final void beginStatement() {
    checkActive();
    if (snapshotPerStatement && snapshot != NO_SNAPSHOT) {
      forgetSnapshot();
    }
  }

  void forgetSnapshot() {
    snapshot = NO_SNAPSHOT;
    snapshotUsed = false;
    if (openCursors == 0) {
      pinned = 0;
    }
  }

  @Override
  public final long snapshot() {
    checkActive();
    snapshotUsed = true;
    return currentSnapshot();
  }

  long currentSnapshot() {
    if (snapshot == NO_SNAPSHOT) {
      // An open cursor of an earlier statement keeps the older pin, which keeps this one too.
      boolean pinnedBefore = openCursors > 0 && pinned != 0;
      if (context.gateway() != null) {
        basis = context.gateway().snapshots().snapshot(this, pinnedBefore);
        snapshot = basis.timestamp();
      } else {
        snapshot =
            pinnedBefore
                ? context.timestamps.current()
                : context.open.pinNewest(this, context.timestamps);
      }
    }
    return snapshot;
  }

  /**
   * What was read at the snapshot is what there is to read. Called behind the read, which was
   * behind {@link #settle()}.
   *
   * @throws DistDbException {@code SERIALIZATION_FAILURE}, {@code SNAPSHOT_TOO_OLD}
   */
  final void checkRead() {
    if (basis != null) {
      checkRead(basis);
    }
  }

  final void checkRead(SnapshotBasis readAt) {
    try {
      context.gateway().snapshots().check(readAt, this);
    } catch (DistDbException ended) {
      throw fail(ended);
    }
  }

  /**
   * Behind a wait for those that commit: what it was for may be read at the snapshot now.
   *
   * @throws DistDbException {@code SERIALIZATION_FAILURE}, {@code CANNOT_CONNECT_NOW}
   */
  final void settle() {
    if (basis != null && basis.under() != null) {
      try {
        context.gateway().snapshots().settle(basis, this);
      } catch (DistDbException ended) {
        throw fail(ended);
      }
    }
  }

  /**
   * As {@link #settle}, when the wait ended so: what this node will not learn any more of a commit,
   * the next one that leads knows.
   */
  final void settle(DistDbException ended) {
    if (basis == null || basis.under() == null || ended.code() != ErrorCode.CANNOT_CONNECT_NOW) {
      throw failWaiting(ended);
    }
    try {
      context.gateway().snapshots().outlive(basis, this);
    } catch (DistDbException lost) {
      throw fail(lost);
    }
  }

  /** Reads at {@code past} from now on; for a new transaction. */
  void readAt(long past) {
    if (!context.open.pinPast(this, past) || past < context.system().replica().safePoint()) {
      throw fail(
          new DistDbException(
                  ErrorCode.SNAPSHOT_TOO_OLD,
                  "the snapshot "
                      + past
                      + " is below the safe point "
                      + context.system().replica().safePoint())
              .withHint("raise version_retention to read further back"));
    }
    if (context.gateway() != null) {
      basis = context.gateway().snapshots().past(past);
      context.gateway().leases().keep();
    }
    snapshot = past;
    snapshotUsed = true;
  }

  void cursorOpened() {
    openCursors++;
  }

  void cursorClosed() {
    openCursors--;
  }

  @Override
  public final long schemaVersion() {
    checkActive();
    long at = currentSnapshot();
    try {
      context.committing.awaitSchema(at, this);
    } catch (DistDbException ended) {
      settle(ended);
    }
    settle();
    return context.system().replica().schema().versionAt(at);
  }

  // --- waiting ---

  @Override
  public final Waiter waiter() {
    if (waiter == null) {
      synchronized (this) {
        if (waiter == null) {
          waiter = context.scheduler.newWaiter();
        }
      }
    }
    return waiter;
  }

  @Override
  public final void checkWait() {
    context.checkOpen();
    if (cancelled) {
      cancelled = false;
      throw new DistDbException(
          ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
    }
  }

  @Override
  public final void cancel() {
    cancelled = true;
    wake();
  }

  void wake() {
    Waiter waiting = waiter;
    if (waiting != null) {
      waiting.signal();
    }
  }

  // --- states ---

  void checkActive() {
    if (state != State.ACTIVE || context.closing()) {
      context.checkOpen();
      checkNotEnded();
      throw new DistDbException(
              ErrorCode.IN_FAILED_TRANSACTION,
              "current transaction is aborted, commands ignored until end of transaction block")
          .withHint("roll back, to a savepoint or altogether");
    }
  }

  void checkNotEnded() {
    if (state == State.ENDED) {
      throw new DistDbException(ErrorCode.NO_ACTIVE_TRANSACTION, "the transaction has ended");
    }
  }

  void checkWritable(String what) {
    checkWritable(what, "");
  }

  /** The text is put together only for the error: every statement that writes comes by here. */
  void checkWritable(String what, Object object) {
    checkActive();
    if (readOnly()) {
      throw new DistDbException(
          ErrorCode.READ_ONLY_TRANSACTION,
          "cannot " + what + object + " in a read-only transaction");
    }
  }

  /**
   * As {@link #fail}, when a wait for a commit ended so: what this node will not learn of it any
   * more, another one knows.
   */
  final DistDbException failWaiting(DistDbException ended) {
    boolean elsewhere = context.gateway() != null && ended.code() == ErrorCode.CANNOT_CONNECT_NOW;
    return fail(elsewhere ? Gateway.lost() : ended);
  }

  /** Ends the transaction with an error, which is returned for throwing. */
  abstract DistDbException fail(DistDbException ended);
}
