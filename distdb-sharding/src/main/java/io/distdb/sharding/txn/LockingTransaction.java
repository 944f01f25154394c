// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.RangeMode;
import io.distdb.sharding.replica.ShardReplica;

/**
 * What a transaction reads and locks.
 *
 * <p>Design note. What a transaction that only reads does not need (write buffer, locks, waiter,
 * savepoints) is made when first asked for: a point read costs this object, a slot among the open
 * transactions, and one look at the number of committing ones.
 */
abstract class LockingTransaction extends SnapshotTransaction {
  private final long age;

  /** Null until there is one, and once they are given up. */
  WriteBuffer writes;

  /** As {@link #writes}. */
  TransactionLocks locks;

  LockingTransaction(TransactionContext context, TransactionOptions options) {
    super(context, options);
    age = options.readOnly() ? 0 : context.nextAge();
  }

  // --- reads ---

  @Override
  public final Bytes get(IndexId index, Bytes key) {
    checkActive();
    if (writes != null) {
      int position = writes.findSeen(index, key);
      if (position >= 0) {
        return writes.seenValue(position);
      }
      if (isOwn(index)) {
        return null;
      }
    }
    ShardReplica replica = context.router().shardOf(index, key).replica();
    if (lockingReads) {
      lockKey(index, key, LockStrength.SHARED, WaitPolicy.WAIT);
      return replica.index(index, Timestamp.LATEST).get(key, Timestamp.LATEST);
    }
    long at = currentSnapshot();
    snapshotUsed = true;
    try {
      context.committing.awaitKey(at, index, key, this);
    } catch (DistDbException ended) {
      settle(ended);
    }
    settle();
    Bytes value = indexAt(replica, index, at).get(key, at);
    checkRead();
    return value;
  }

  @Override
  public final void getAll(IndexId index, EntryBlock block) {
    checkActive();
    if (block.size() == 0) {
      return;
    }
    if (lockingReads || isOwn(index)) {
      super.getAll(index, block);
      return;
    }
    long at = currentSnapshot();
    snapshotUsed = true;
    try {
      context.committing.awaitKeys(at, index, block, this);
    } catch (DistDbException ended) {
      settle(ended);
    }
    settle();
    indexAt(replicaOf(index, Bytes.EMPTY), index, at).getAll(block, at);
    checkRead();
    if (writes != null) {
      BlockReads.hide(writes, index, block);
    }
  }

  @Override
  public final IndexCursor lookup(IndexId index, Bytes key) {
    checkActive();
    IndexKind own = ownKind(index);
    IndexKind kind = own == null ? indexAt(replicaOf(index, key), index, indexTime()).kind() : own;
    boolean hashed = kind == IndexKind.HASH;
    KeyRange range = KeyRange.prefix(hashed ? HashKey.of(key, Bytes.EMPTY) : key);
    IndexCursor committed = EmptyCursor.INSTANCE;
    if (own == null) {
      long at = prepareRange(index, range);
      committed = pin(indexAt(replicaOf(index, key), index, at).lookup(key, at));
    }
    OwnWrites mine = slice(index, range);
    if (mine.isEmpty()) {
      return committed;
    }
    return hashed
        ? new UnorderedMergedCursor(committed, mine)
        : new MergedCursor(committed, mine, Direction.FORWARD);
  }

  @Override
  public final IndexCursor range(IndexId index, KeyRange range, Direction direction) {
    checkActive();
    IndexKind own = ownKind(index);
    IndexCursor committed = EmptyCursor.INSTANCE;
    if (own == null) {
      long at = prepareRange(index, range);
      Index found = indexAt(replicaOf(index, range.from()), index, at);
      committed = pin(found.range(range, direction, at));
    } else if (!own.ordered()) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "index " + index + " is a " + own + " index: it has no order to range over");
    }
    OwnWrites mine = slice(index, range);
    return mine.isEmpty() ? committed : new MergedCursor(committed, mine, direction);
  }

  /** What was dropped after the snapshot goes with the safe point: then the snapshot is too old. */
  private Index indexAt(ShardReplica replica, IndexId index, long at) {
    try {
      return replica.index(index, at);
    } catch (DistDbException undefined) {
      if (!lockingReads) {
        checkRead();
      }
      throw undefined;
    }
  }

  /** Sees to it that {@code range} may be read at the timestamp returned. */
  private long prepareRange(IndexId index, KeyRange range) {
    if (lockingReads) {
      try {
        locks().range(index, range, RangeMode.SHARED, WaitPolicy.WAIT);
      } catch (DistDbException ended) {
        throw fail(ended);
      }
      return Timestamp.LATEST;
    }
    long at = currentSnapshot();
    snapshotUsed = true;
    try {
      context.committing.awaitRange(at, index, range, this);
    } catch (DistDbException ended) {
      settle(ended);
    }
    settle();
    return at;
  }

  private IndexCursor pin(IndexCursor cursor) {
    IndexCursor checked = basis == null || lockingReads ? cursor : new CheckedCursor(cursor, this);
    return snapshotPerStatement && !lockingReads ? new PinnedCursor(checked, this) : checked;
  }

  private OwnWrites slice(IndexId index, KeyRange range) {
    return writes == null ? OwnWrites.NONE : writes.slice(index, range);
  }

  private long indexTime() {
    return lockingReads ? Timestamp.LATEST : currentSnapshot();
  }

  @Override
  public final long estimatedEntries(IndexId index) {
    checkActive();
    return ownKind(index) != null
        ? 0
        : replicaOf(index, Bytes.EMPTY).index(index, indexTime()).estimatedEntries();
  }

  ShardReplica replicaOf(IndexId index, Bytes key) {
    return context.router().shardOf(index, key).replica();
  }

  /** The kind of an index that this transaction created, or null. */
  private IndexKind ownKind(IndexId index) {
    if (writes == null || !writes.hasSchemaWrites()) {
      return null;
    }
    if (writes.schema().dropped(index)) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_OBJECT, "index " + index + " was dropped by this transaction");
    }
    return writes.schema().created(index);
  }

  boolean isOwn(IndexId index) {
    return ownKind(index) != null;
  }

  // --- locks ---

  @Override
  public final void lockTable(TableId table, LockStrength strength, long schemaVersion) {
    checkWritable("lock table ", table);
    try {
      locks().table(table, strength, WaitPolicy.WAIT);
    } catch (DistDbException ended) {
      throw fail(ended);
    }
    if (context.system().replica().schema().changedSince(table, schemaVersion)) {
      throw fail(
          new DistDbException(
                  ErrorCode.SERIALIZATION_FAILURE,
                  "table " + table + " changed after schema version " + schemaVersion)
              .withHint("plan the statement again"));
    }
  }

  @Override
  public final boolean tryLockTable(TableId table, LockStrength strength) {
    checkWritable("lock table ", table);
    return locks().table(table, strength, WaitPolicy.NO_WAIT) != LockAnswer.REFUSED;
  }

  @Override
  public final RowLock lock(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
    checkWritable("lock a row");
    if (!isOwn(index) && lockKey(index, key, strength, policy) == LockAnswer.REFUSED) {
      if (policy == WaitPolicy.SKIP) {
        return new RowLock.Skipped();
      }
      throw fail(
          new DistDbException(
              ErrorCode.LOCK_NOT_AVAILABLE,
              "could not obtain lock on key " + key + " of index " + index));
    }
    if (writes != null) {
      int position = writes.find(index, key);
      if (position >= 0) {
        return new RowLock.Held(writes.value(position), false);
      }
      if (isOwn(index)) {
        return new RowLock.Held(null, false);
      }
    }
    Index found = replicaOf(index, key).index(index, Timestamp.LATEST);
    boolean changed = changedSinceSnapshot(found, key);
    return new RowLock.Held(found.get(key, Timestamp.LATEST), changed);
  }

  /** Called with the key locked. */
  boolean changedSinceSnapshot(Index index, Bytes key) {
    if (lockingReads || snapshot == NO_SNAPSHOT) {
      return false;
    }
    if (!snapshotUsed) {
      forgetSnapshot();
      return false;
    }
    boolean changed = index.newestTimestamp(key) > snapshot;
    if (changed && options.isolation() == IsolationLevel.REPEATABLE_READ) {
      throw fail(
          new DistDbException(
                  ErrorCode.SERIALIZATION_FAILURE,
                  "could not serialize access: key "
                      + key
                      + " of index "
                      + index.id()
                      + " was changed after the transaction's snapshot")
              .withHint("run the transaction again"));
    }
    return changed;
  }

  LockAnswer lockKey(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
    try {
      return locks().key(index, key, strength, policy);
    } catch (DistDbException ended) {
      throw fail(ended);
    }
  }

  TransactionLocks locks() {
    if (locks == null) {
      locks = context.newLocks(this, age, options);
    }
    return locks;
  }

  /** Takes the exclusive locks of a sorted run; answers with the index under them. */
  Index lockRun(IndexId index, EntryRun run, RangeMode mode) {
    try {
      LockAnswer answer = locks().range(index, run.span(), mode, WaitPolicy.NO_WAIT);
      for (int i = 0; answer == LockAnswer.REFUSED && i < run.size(); i++) {
        locks().key(index, Bytes.wrap(run.key(i)), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      }
    } catch (DistDbException ended) {
      throw fail(ended);
    }
    Index found = replicaOf(index, Bytes.EMPTY).index(index, Timestamp.LATEST);
    if (!snapshotUsed || options.isolation() == IsolationLevel.REPEATABLE_READ) {
      for (int i = 0; i < run.size() && snapshot != NO_SNAPSHOT && !lockingReads; i++) {
        changedSinceSnapshot(found, Bytes.wrap(run.key(i)));
      }
    }
    return found;
  }

  WriteBuffer writes() {
    if (writes == null) {
      writes = new WriteBuffer();
    }
    return writes;
  }

  void releaseLocks() {
    if (locks != null && !locks.inDoubt()) {
      locks.releaseAll();
    }
    locks = null;
  }
}
