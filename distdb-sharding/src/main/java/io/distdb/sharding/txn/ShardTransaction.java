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
import io.distdb.api.storage.Limits;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.replica.ShardReplica;
import java.util.ArrayList;
import java.util.List;

/**
 * One transaction on one shard.
 *
 * <p>Design note. What a transaction that only reads does not need (write buffer, locks, waiter,
 * savepoints) is made when first asked for: a point read costs this object, a slot among the open
 * transactions, and one look at the number of committing ones.
 *
 * <p>Snapshots. READ COMMITTED takes one for each statement, REPEATABLE READ one for all, but not
 * before it reads: a row lock that comes first discards a snapshot at which nothing was read, so
 * that what was committed during the wait is seen and is no conflict. SERIALIZABLE that may write
 * locks what it reads and reads the newest; its snapshot only tells the schema's version.
 */
final class ShardTransaction implements Transaction, LockClient {
  private enum State {
    ACTIVE,
    /** An error ended it; a savepoint may bring it back. */
    FAILED,
    ENDED
  }

  private static final long NO_SNAPSHOT = -1;

  /** The snapshot that garbage collection must keep, plus 1; 0: none. See OpenTransactions. */
  volatile long pinned;

  private final TransactionContext context;
  private final Housekeeping housekeeping;
  private final TransactionOptions options;
  private final int slot;
  private final long age;

  /** Locks what it reads: SERIALIZABLE, unless it cannot write. */
  private final boolean lockingReads;

  private final boolean snapshotPerStatement;

  private State state = State.ACTIVE;
  private long snapshot = NO_SNAPSHOT;

  /** Whether something was read at the snapshot, so that it must not move. */
  private boolean snapshotUsed;

  private int openCursors;
  private WriteBuffer writes;
  private TransactionLocks locks;
  private List<ShardSavepoint> savepoints = List.of();
  private volatile Waiter waiter;
  private volatile boolean cancelled;

  ShardTransaction(
      TransactionContext context, Housekeeping housekeeping, TransactionOptions options) {
    this.context = context;
    this.housekeeping = housekeeping;
    this.options = options;
    IsolationLevel isolation = options.isolation();
    lockingReads = isolation == IsolationLevel.SERIALIZABLE && !options.readOnly();
    snapshotPerStatement = isolation == IsolationLevel.READ_COMMITTED || lockingReads;
    age = options.readOnly() ? 0 : context.nextAge();
    slot = context.open.add(this);
  }

  @Override
  public IsolationLevel isolation() {
    return options.isolation();
  }

  @Override
  public boolean readOnly() {
    return options.readOnly();
  }

  // --- snapshots ---

  @Override
  public void beginStatement() {
    checkActive();
    if (snapshotPerStatement && snapshot != NO_SNAPSHOT) {
      forgetSnapshot();
    }
  }

  private void forgetSnapshot() {
    snapshot = NO_SNAPSHOT;
    snapshotUsed = false;
    if (openCursors == 0) {
      pinned = 0;
    }
  }

  @Override
  public long snapshot() {
    checkActive();
    snapshotUsed = true;
    return currentSnapshot();
  }

  private long currentSnapshot() {
    if (snapshot == NO_SNAPSHOT) {
      // An open cursor of an earlier statement keeps the older pin, which keeps this one too.
      snapshot =
          openCursors > 0 && pinned != 0
              ? context.timestamps.current()
              : context.open.pinNewest(this, context.timestamps);
    }
    return snapshot;
  }

  /** Reads at {@code past} from now on; for a new transaction. */
  void readAt(long past) {
    if (!context.open.pin(this, past) || past < context.system().replica().safePoint()) {
      throw fail(
          new DistDbException(
                  ErrorCode.SNAPSHOT_TOO_OLD,
                  "the snapshot "
                      + past
                      + " is below the safe point "
                      + context.system().replica().safePoint())
              .withHint("raise version_retention to read further back"));
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
  public long schemaVersion() {
    checkActive();
    long at = currentSnapshot();
    try {
      context.committing.awaitSchema(at, this);
    } catch (DistDbException ended) {
      throw fail(ended);
    }
    return context.system().replica().schema().versionAt(at);
  }

  // --- reads ---

  @Override
  public Bytes get(IndexId index, Bytes key) {
    checkActive();
    if (writes != null) {
      int position = writes.find(index, key);
      if (position >= 0) {
        return writes.value(position);
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
      throw fail(ended);
    }
    return replica.index(index, at).get(key, at);
  }

  @Override
  public void getAll(IndexId index, EntryBlock block) {
    checkActive();
    if (block.size() == 0) {
      return;
    }
    if (lockingReads || isOwn(index)) {
      Transaction.super.getAll(index, block);
      return;
    }
    long at = currentSnapshot();
    snapshotUsed = true;
    try {
      context.committing.awaitKeys(at, index, block, this);
    } catch (DistDbException ended) {
      throw fail(ended);
    }
    replicaOf(index, Bytes.EMPTY).index(index, at).getAll(block, at);
    if (writes != null) {
      BlockReads.hide(writes, index, block);
    }
  }

  @Override
  public IndexCursor lookup(IndexId index, Bytes key) {
    checkActive();
    IndexKind own = ownKind(index);
    IndexKind kind = own == null ? replicaOf(index, key).index(index, indexTime()).kind() : own;
    boolean hashed = kind == IndexKind.HASH;
    KeyRange range = KeyRange.prefix(hashed ? HashKey.of(key, Bytes.EMPTY) : key);
    IndexCursor committed = EmptyCursor.INSTANCE;
    if (own == null) {
      long at = prepareRange(index, range);
      committed = pin(replicaOf(index, key).index(index, at).lookup(key, at));
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
  public IndexCursor range(IndexId index, KeyRange range, Direction direction) {
    checkActive();
    IndexKind own = ownKind(index);
    IndexCursor committed = EmptyCursor.INSTANCE;
    if (own == null) {
      long at = prepareRange(index, range);
      committed = pin(replicaOf(index, range.from()).index(index, at).range(range, direction, at));
    } else if (!own.ordered()) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "index " + index + " is a " + own + " index: it has no order to range over");
    }
    OwnWrites mine = slice(index, range);
    return mine.isEmpty() ? committed : new MergedCursor(committed, mine, direction);
  }

  /** Sees to it that {@code range} may be read at the timestamp returned. */
  private long prepareRange(IndexId index, KeyRange range) {
    try {
      if (lockingReads) {
        locks().range(index, range, LockStrength.SHARED, WaitPolicy.WAIT);
        return Timestamp.LATEST;
      }
      long at = currentSnapshot();
      snapshotUsed = true;
      context.committing.awaitRange(at, index, range, this);
      return at;
    } catch (DistDbException ended) {
      throw fail(ended);
    }
  }

  private IndexCursor pin(IndexCursor cursor) {
    return snapshotPerStatement && !lockingReads ? new PinnedCursor(cursor, this) : cursor;
  }

  private OwnWrites slice(IndexId index, KeyRange range) {
    return writes == null ? OwnWrites.NONE : writes.slice(index, range);
  }

  private long indexTime() {
    return lockingReads ? Timestamp.LATEST : currentSnapshot();
  }

  @Override
  public long estimatedEntries(IndexId index) {
    checkActive();
    return ownKind(index) != null
        ? 0
        : replicaOf(index, Bytes.EMPTY).index(index, indexTime()).estimatedEntries();
  }

  private ShardReplica replicaOf(IndexId index, Bytes key) {
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
  public void lockTable(TableId table, LockStrength strength, long schemaVersion) {
    checkWritable("lock table ", table);
    try {
      locks().table(table, strength);
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
  public RowLock lock(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
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
  private boolean changedSinceSnapshot(Index index, Bytes key) {
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

  private LockAnswer lockKey(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
    try {
      return locks().key(index, key, strength, policy);
    } catch (DistDbException ended) {
      throw fail(ended);
    }
  }

  private TransactionLocks locks() {
    if (locks == null) {
      locks =
          new TransactionLocks(
              TransactionContext.leadershipOf(context.system()),
              this,
              age,
              options.lockTimeoutNanos());
    }
    return locks;
  }

  // --- writes ---

  @Override
  public void put(IndexId index, Bytes key, Bytes value) {
    if (value.length() > Limits.VALUE_BYTES_MAX) {
      throw tooLong("a value", value.length(), Limits.VALUE_BYTES_MAX);
    }
    write(index, key, value);
  }

  @Override
  public void delete(IndexId index, Bytes key) {
    write(index, key, null);
  }

  private void write(IndexId index, Bytes key, Bytes value) {
    checkWritable("write");
    if (key.length() > Limits.KEY_BYTES_MAX) {
      throw tooLong("a key", key.length(), Limits.KEY_BYTES_MAX);
    }
    WriteBuffer buffer = writes();
    int position = buffer.find(index, key);
    if (position < 0 && !isOwn(index)) {
      LockAnswer answer = lockKey(index, key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      // Looked up under the lock: whoever drops an index locks all its keys.
      Index found = replicaOf(index, key).index(index, Timestamp.LATEST);
      if (answer != LockAnswer.HELD_ALREADY
          && options.isolation() == IsolationLevel.REPEATABLE_READ) {
        changedSinceSnapshot(found, key);
      }
    }
    buffer.write(position, index, key, value);
    checkBytes(buffer);
  }

  /** Ends the transaction when it has written too much. */
  void checkBytes(WriteBuffer buffer) {
    if (buffer.bytes() > context.limits.transactionBytesMax()) {
      throw fail(
          new DistDbException(
                  ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                  "a transaction writes at most "
                      + context.limits.transactionBytesMax()
                      + " bytes, this one has come to "
                      + buffer.bytes())
              .withHint("split it, or raise memory_budget: the limit is a quarter of it"));
    }
  }

  @Override
  public int putAll(IndexId index, EntryRun run, boolean absent) {
    checkWritable("write");
    if (run.valueBytesMax() > Limits.VALUE_BYTES_MAX) {
      throw tooLong("a value", run.valueBytesMax(), Limits.VALUE_BYTES_MAX);
    }
    if (run.keyBytesMax() > Limits.KEY_BYTES_MAX) {
      throw tooLong("a key", run.keyBytesMax(), Limits.KEY_BYTES_MAX);
    }
    return new RunWriter(this).put(index, run, absent);
  }

  /** Takes the exclusive locks of a sorted run; answers with the index under them. */
  Index lockRun(IndexId index, EntryRun run) {
    try {
      LockAnswer answer =
          locks().range(index, run.span(), LockStrength.EXCLUSIVE, WaitPolicy.NO_WAIT);
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

  @Override
  public long writtenBytesMax() {
    return context.limits.transactionBytesMax();
  }

  private static DistDbException tooLong(String what, int bytes, int bytesMax) {
    return new DistDbException(
        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
        what + " has at most " + bytesMax + " bytes, this one has " + bytes);
  }

  WriteBuffer writes() {
    if (writes == null) {
      writes = new WriteBuffer();
    }
    return writes;
  }

  @Override
  public void createIndex(IndexId index, IndexKind kind) {
    checkWritable("create an index");
    writes().schema().create(index, kind);
  }

  @Override
  public void dropIndex(IndexId index) {
    checkWritable("drop an index");
    if (!isOwn(index)) {
      try {
        locks().range(index, KeyRange.ALL, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      } catch (DistDbException ended) {
        throw fail(ended);
      }
      replicaOf(index, Bytes.EMPTY).store().index(index);
    }
    writes().schema().drop(index);
  }

  @Override
  public void changeSchema(TableId table) {
    checkWritable("change table ", table);
    if (locks == null || !locks.ownsTable(table)) {
      throw new IllegalStateException("table " + table + " is changed without its exclusive lock");
    }
    writes().schema().change(table);
  }

  @Override
  public long writtenBytes() {
    return writes == null ? 0 : writes.bytes();
  }

  // --- savepoints ---

  @Override
  public Savepoint savepoint() {
    checkActive();
    if (savepoints.isEmpty()) {
      savepoints = new ArrayList<>();
    }
    ShardSavepoint savepoint =
        new ShardSavepoint(writes().mark(), writes.markRuns(), writes.schema().size());
    savepoints.add(savepoint);
    return savepoint;
  }

  @Override
  public void rollbackTo(Savepoint savepoint) {
    context.checkOpen();
    checkNotEnded();
    int at = savepoints.lastIndexOf(savepoint);
    if (at < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_SAVEPOINT, "the savepoint does not exist in this transaction any more");
    }
    ShardSavepoint found = savepoints.get(at);
    writes.undoTo(found.undoMark, found.runsMark);
    writes.schema().truncate(found.schemaSteps);
    savepoints.subList(at + 1, savepoints.size()).clear();
    state = State.ACTIVE;
  }

  // --- the end ---

  @Override
  public long commit() {
    boolean wrote = writes != null && !writes.isEmpty();
    CommitToken token = options.token().orElse(null);
    long timestamp;
    try {
      checkActive();
      if (wrote) {
        housekeeping.admit(writes.growthBytes());
      }
      timestamp =
          wrote || token != null && !readOnly()
              ? context.committer.commit(writes(), token, locks())
              : commitNothing();
    } finally {
      rollback();
    }
    if (wrote) {
      housekeeping.afterCommit();
    }
    return timestamp;
  }

  private long commitNothing() {
    if (locks != null && locks.holdsAny()) {
      Committer.checkTerm(locks, context.system());
    }
    return snapshot == NO_SNAPSHOT ? context.timestamps.current() : snapshot;
  }

  @Override
  public void rollback() {
    if (state != State.ENDED) {
      state = State.ENDED;
      writes = null;
      releaseLocks();
      context.open.remove(slot);
    }
  }

  private void releaseLocks() {
    if (locks != null && !locks.inDoubt()) {
      locks.releaseAll();
    }
    locks = null;
  }

  @Override
  public void cancel() {
    cancelled = true;
    wake();
  }

  void wake() {
    Waiter waiting = waiter;
    if (waiting != null) {
      waiting.signal();
    }
  }

  // --- waiting ---

  @Override
  public Waiter waiter() {
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
  public void checkWait() {
    context.checkOpen();
    if (cancelled) {
      cancelled = false;
      throw new DistDbException(
          ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
    }
  }

  // --- states ---

  private void checkActive() {
    if (state != State.ACTIVE || context.closing()) {
      context.checkOpen();
      checkNotEnded();
      throw new DistDbException(
              ErrorCode.IN_FAILED_TRANSACTION,
              "current transaction is aborted, commands ignored until end of transaction block")
          .withHint("roll back, to a savepoint or altogether");
    }
  }

  private void checkNotEnded() {
    if (state == State.ENDED) {
      throw new DistDbException(ErrorCode.NO_ACTIVE_TRANSACTION, "the transaction has ended");
    }
  }

  private void checkWritable(String what) {
    checkWritable(what, "");
  }

  /** The text is put together only for the error: every statement that writes comes by here. */
  private void checkWritable(String what, Object object) {
    checkActive();
    if (readOnly()) {
      throw new DistDbException(
          ErrorCode.READ_ONLY_TRANSACTION,
          "cannot " + what + object + " in a read-only transaction");
    }
  }

  /**
   * Ends the transaction with an error, which is returned for throwing. Without a savepoint to come
   * back to, nobody need wait for its locks any longer.
   */
  private DistDbException fail(DistDbException ended) {
    state = State.FAILED;
    if (savepoints.isEmpty()) {
      writes = null;
      releaseLocks();
    }
    return ended;
  }
}
