// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.Limits;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.RangeMode;
import java.util.ArrayList;
import java.util.List;

/** One transaction on one shard: what it writes, and how it ends. */
final class ShardTransaction extends LockingTransaction {
  private final int slot;
  private SynchronousCommit least;
  private CommitToken token;
  private List<ShardSavepoint> savepoints = List.of();

  ShardTransaction(TransactionContext context, TransactionOptions options) {
    super(context, options);
    least = options.synchronousCommit();
    token = options.token().orElse(null);
    slot = context.open.add(this);
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
  public void hideWrites() {
    writes().hide();
  }

  @Override
  public void showWrites() {
    if (writes != null) {
      writes.show();
    }
  }

  @Override
  public boolean isHidden(IndexId index, Bytes key) {
    int position = writes == null ? -1 : writes.find(index, key);
    return position >= 0 && writes.isHidden(position);
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

  @Override
  public long writtenBytesMax() {
    return context.limits.transactionBytesMax();
  }

  private static DistDbException tooLong(String what, int bytes, int bytesMax) {
    return new DistDbException(
        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
        what + " has at most " + bytesMax + " bytes, this one has " + bytes);
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
        locks().range(index, KeyRange.ALL, RangeMode.EXCLUSIVE, WaitPolicy.WAIT);
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

  @Override
  public void announce(Bytes message) {
    checkWritable("announce");
    writes().schema().announce(message);
  }

  // --- the end ---

  @Override
  public void synchronousCommit(SynchronousCommit newLeast) {
    least = newLeast;
  }

  @Override
  public void token(CommitToken newToken) {
    token = newToken;
  }

  @Override
  public long commit() {
    boolean wrote = writes != null && !writes.isEmpty();
    long timestamp;
    try {
      checkActive();
      timestamp =
          wrote || token != null && !readOnly()
              ? locks().commit(writes(), token, least)
              : commitNothing();
    } finally {
      rollback();
    }
    if (wrote) {
      context.housekeeping().afterCommit();
    }
    return timestamp;
  }

  private long commitNothing() {
    if (locks != null && locks.holdsAny()) {
      locks.confirm();
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

  /**
   * Ends the transaction with an error, which is returned for throwing. Without a savepoint to come
   * back to, nobody need wait for its locks any longer.
   */
  @Override
  DistDbException fail(DistDbException ended) {
    state = State.FAILED;
    if (savepoints.isEmpty()) {
      writes = null;
      releaseLocks();
    }
    return ended;
  }
}
