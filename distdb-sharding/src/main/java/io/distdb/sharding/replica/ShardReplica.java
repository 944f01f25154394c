// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.sharding.lock.LockTable;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard on one node: applies the shard's log to its store.
 *
 * <p>Every command becomes one batch, so that what it changes, the side records that let a restart
 * know of it, and the applied position move together. What is kept in memory beside the store (the
 * safe point, the schema's history, the ages of outcomes) is derived from side records.
 *
 * <p>A store whose disk is full refuses a batch whole. So a command changes what is kept in memory
 * only behind its batch, or so that applying it again changes nothing.
 *
 * <p>Threads: one applies; any reads. A reader that knows a commit to be over sees all of it.
 */
public final class ShardReplica implements StateMachine {
  private static final Logger LOG = LoggerFactory.getLogger(ShardReplica.class);

  /** Ids below are for the catalog's own indexes. */
  public static final long FIRST_INDEX_ID = 1024;

  private final Store store;
  private final Clock clock;
  private final SchemaHistory schema = new SchemaHistory();
  private final Outcomes outcomes;
  private final DroppedIndexes dropped = new DroppedIndexes();
  private final ReplicaListener listener;

  private volatile long bound;
  private volatile long safePoint;
  private volatile long appliedBytes;
  private volatile long installing;
  private volatile Leadership leadership;

  public ShardReplica(Store store, Clock clock, ReplicaListener listener) {
    this.store = store;
    this.clock = clock;
    this.listener = listener;
    outcomes = new Outcomes(store);
    load();
  }

  private void load() {
    bound = SideRecords.number(store.side(SideRecords.BOUND), Timestamp.NONE);
    safePoint = SideRecords.number(store.side(SideRecords.SAFE_POINT), Timestamp.NONE);
    schema.load(store);
    outcomes.load();
    dropped.clear();
  }

  // --- reading ---

  public Store store() {
    return store;
  }

  public SchemaHistory schema() {
    return schema;
  }

  public Outcomes outcomes() {
    return outcomes;
  }

  /** The present leadership, or null: another node leads, or none. */
  public Leadership leadership() {
    return leadership;
  }

  /** Reads below it are refused. */
  public long safePoint() {
    return safePoint;
  }

  /**
   * The log's index of a later state that is about to take the place of what there is; 0: none.
   * Whoever looks here behind a read, and finds none, has a {@link #safePoint} that belongs to what
   * was read.
   */
  public long installing() {
    return installing;
  }

  /** Encoded bytes of all commands applied since this object was made. */
  public long appliedBytes() {
    return appliedBytes;
  }

  /**
   * The index {@code id} for reads at {@code snapshot}: one that was dropped later is still there.
   *
   * @throws DistDbException {@code UNDEFINED_OBJECT}
   */
  public Index index(IndexId id, long snapshot) {
    Index before = dropped.find(id, snapshot);
    if (before != null) {
      return before;
    }
    try {
      return store.index(id);
    } catch (DistDbException undefined) {
      // It may have been dropped between the two looks.
      before = dropped.find(id, snapshot);
      if (before == null) {
        throw undefined;
      }
      return before;
    }
  }

  // --- the log ---

  @Override
  public LogPosition applied() {
    return store.applied();
  }

  @Override
  public void replaying(boolean underWay) {
    store.replaying(underWay);
  }

  @Override
  public Command decode(Bytes payload) {
    return CommandCodec.decode(payload);
  }

  @Override
  public Object apply(LogPosition position, Command command) {
    ShardCommand shardCommand = (ShardCommand) command;
    // Commits first: a type switch is slow until it is compiled, and a replay is over by then.
    Object result =
        shardCommand instanceof ShardCommand.Commit commit
            ? applyCommit(position, commit)
            : applyOther(position, shardCommand);
    appliedBytes = appliedBytes + shardCommand.encodedSize();
    listener.reached(position.index());
    return result;
  }

  private Object applyOther(LogPosition position, ShardCommand command) {
    return switch (command) {
      case ShardCommand.Commit commit -> throw Invariant.unreachable("commits go before");
      case ShardCommand.ProposeOutcome propose -> applyProposeOutcome(position, propose);
      case ShardCommand.ExtendTimestampBound extend -> applyBound(position, extend.bound());
      case ShardCommand.ExpireOutcomes expire -> applyExpire(position, expire);
      case ShardCommand.AdvanceSafePoint advance -> applySafePoint(position, advance.safePoint());
      case ShardCommand.AllocateIndexIds allocate -> applyAllocate(position, allocate.count());
    };
  }

  private Object applyCommit(LogPosition position, ShardCommand.Commit commit) {
    WriteBatch batch = commit.batch();
    CommitOutcome earlier = commit.token() == null ? null : outcomes.find(commit.token());
    if (earlier instanceof CommitOutcome.Committed(long timestamp)
        && timestamp == batch.timestamp()) {
      // This very commit, applied again: a checkpoint may hold its outcome and not all its writes.
      earlier = null;
    }
    if (earlier == null) {
      dropped.remember(store, batch);
      store.apply(position, batch);
      if (commit.token() != null) {
        outcomes.recorded(batch.timestamp());
      }
      if (!commit.changedTables().isEmpty()) {
        schema.changed(commit.changedTables(), batch.timestamp());
      }
      listener.announced(batch);
    } else {
      store.apply(position, new WriteBatch(0));
    }
    listener.applied(batch.timestamp());
    return earlier;
  }

  /**
   * Completes a commit's batch with the side records that applying it shall write; called before it
   * is proposed, so that they are in the log as every other write is.
   */
  public ShardCommand.Commit complete(ShardCommand.Commit commit) {
    WriteBatch batch = commit.batch();
    SchemaHistory.record(batch, commit.changedTables());
    CommitToken token = commit.token();
    if (token == null) {
      return commit;
    }
    CommitOutcome committed = new CommitOutcome.Committed(batch.timestamp());
    Outcomes.record(batch, token, committed, batch.timestamp());
    if (token.answered() == null) {
      return commit;
    }
    outcomes.forget(batch, new CommitToken(token.answered()));
    return new ShardCommand.Commit(batch, token.withAnswered(null), commit.changedTables());
  }

  private Object applyProposeOutcome(LogPosition position, ShardCommand.ProposeOutcome propose) {
    CommitOutcome earlier = outcomes.find(propose.token());
    WriteBatch batch = new WriteBatch();
    if (earlier != null) {
      store.apply(position, batch);
      return earlier;
    }
    CommitOutcome aborted = new CommitOutcome.Aborted();
    Outcomes.record(batch, propose.token(), aborted, propose.timestamp());
    store.apply(position, batch);
    outcomes.recorded(propose.timestamp());
    return aborted;
  }

  private Object applyBound(LogPosition position, long proposed) {
    bound = Math.max(bound, proposed);
    store.apply(position, new WriteBatch(1).putSide(SideRecords.BOUND, SideRecords.of(bound)));
    return bound;
  }

  private Object applyExpire(LogPosition position, ShardCommand.ExpireOutcomes step) {
    store.apply(position, outcomes.expire(step));
    outcomes.expired(step);
    return null;
  }

  private Object applySafePoint(LogPosition position, long proposed) {
    safePoint = Math.max(safePoint, proposed);
    WriteBatch batch = new WriteBatch(2);
    batch.putSide(SideRecords.SAFE_POINT, SideRecords.of(safePoint));
    int pruned = schema.toPrune(safePoint, batch);
    store.apply(position, batch);
    schema.pruned(pruned);
    dropped.forget(safePoint);
    try {
      store.collectGarbage(safePoint);
    } catch (DistDbException later) {
      LOG.warn("old versions stay until the next safe point: {}", later.getMessage());
    }
    return null;
  }

  private Object applyAllocate(LogPosition position, int count) {
    long first = SideRecords.number(store.side(SideRecords.NEXT_INDEX_ID), FIRST_INDEX_ID);
    long next = Math.addExact(first, count);
    store.apply(
        position, new WriteBatch(1).putSide(SideRecords.NEXT_INDEX_ID, SideRecords.of(next)));
    return first;
  }

  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    return store.export(sink);
  }

  @Override
  public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    installing = position.index();
    try {
      store.restoreDurably("the snapshot of another node", chunks);
      load();
    } finally {
      installing = 0;
    }
    listener.replaced();
    listener.reached(position.index());
  }

  // --- leadership ---

  @Override
  public void leading(long term) {
    listener.leading(bound);
    leadership = new Leadership(term, new LockTable(clock));
  }

  @Override
  public void following(long term) {
    Leadership lost = leadership;
    leadership = null;
    if (lost != null) {
      lost.locks()
          .expire("this node no longer leads the shard: the locks of the transaction are lost");
    }
    listener.following();
  }
}
