// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.AnnouncementListener;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.ContentSink;
import io.distdb.api.txn.ExportedContent;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockView;
import io.distdb.api.txn.TimestampSource;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.replica.Leadership;
import io.distdb.sharding.replica.ShardCommand;
import io.distdb.sharding.replica.ShardReplica;
import io.distdb.sharding.route.Router;
import io.distdb.sharding.route.Shard;
import java.util.List;
import java.util.function.UnaryOperator;

/** Transactions on a database that is one shard, the system shard. */
public final class ShardTransactionManager implements TransactionManager {
  /** Seconds of outcomes that one question lets expire at most. */
  private static final int EXPIRE_STEPS_MAX = 16;

  private final TransactionContext context;
  private final Checkpointer checkpointer;
  private final Housekeeping housekeeping;
  private final IndexIds indexIds;

  private ShardTransactionManager(TransactionContext context) {
    this.context = context;
    checkpointer = new Checkpointer(context);
    housekeeping = new Housekeeping(context, checkpointer);
    indexIds = new IndexIds(context);
  }

  /**
   * Adds the system shard's group to {@code consensus}, over {@code store}. The caller then starts
   * the consensus, which replays the log; until this node leads, transactions get {@code
   * CANNOT_CONNECT_NOW}.
   *
   * <p>To stop: {@link #close} this, then the consensus, then what is below. Nothing that is passed
   * in is closed here.
   */
  public static ShardTransactionManager open(
      Store store,
      Consensus consensus,
      Scheduler scheduler,
      Clock clock,
      TransactionLimits limits) {
    return open(
        store,
        consensus,
        scheduler,
        clock,
        limits,
        CommitOrder.MARK_FIRST,
        UnaryOperator.identity());
  }

  static ShardTransactionManager open(
      Store store,
      Consensus consensus,
      Scheduler scheduler,
      Clock clock,
      TransactionLimits limits,
      CommitOrder order,
      UnaryOperator<TimestampSource> wrap) {
    TransactionContext context = new TransactionContext(clock, scheduler, limits, order, wrap);
    ShardReplica replica = new ShardReplica(store, clock, context);
    Shard shard = new Shard(ShardId.SYSTEM, replica, consensus.open(ShardId.SYSTEM, replica));
    context.attach(Router.single(shard));
    return new ShardTransactionManager(context);
  }

  @Override
  public Transaction begin(TransactionOptions options) {
    context.checkOpen();
    TransactionContext.leadershipOf(context.system());
    return new ShardTransaction(context, housekeeping, options);
  }

  @Override
  public Transaction beginAt(long snapshot, TransactionOptions options) {
    context.checkOpen();
    TransactionContext.leadershipOf(context.system());
    if (snapshot > context.oracle.current()) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "the snapshot " + snapshot + " is in the future; now is " + context.oracle.current());
    }
    ShardTransaction transaction =
        new ShardTransaction(
            context, housekeeping, options.withIsolation(IsolationLevel.REPEATABLE_READ));
    try {
      transaction.readAt(snapshot);
    } catch (DistDbException tooOld) {
      transaction.rollback();
      throw tooOld;
    }
    return transaction;
  }

  @Override
  public CommitOutcome outcome(CommitToken token) {
    context.checkOpen();
    for (int i = 0; i < EXPIRE_STEPS_MAX && housekeeping.expireOutcome(); ) {
      i++;
    }
    long now = context.oracle.now();
    CommitOutcome told = context.system().replica().outcomes().told(token, now);
    return told != null
        ? told
        : (CommitOutcome) context.propose(new ShardCommand.ProposeOutcome(token, now));
  }

  @Override
  public IndexId newIndexId() {
    context.checkOpen();
    return indexIds.next();
  }

  @Override
  public void checkpoint() {
    context.checkOpen();
    checkpointer.runNow();
  }

  @Override
  public ExportedContent export(Compression compression, ContentSink sink) {
    context.checkOpen();
    TransactionContext.leadershipOf(context.system());
    return new ConsistentExport(context, housekeeping, compression, sink).run();
  }

  /** Raises the safe point as far as open snapshots and the retention allow, and collects. */
  public void collectGarbage() {
    context.checkOpen();
    housekeeping.collectGarbage(0);
  }

  @Override
  public long settle() {
    context.checkOpen();
    TransactionContext.leadershipOf(context.system());
    TransactionOptions options =
        TransactionOptions.DEFAULT.withIsolation(IsolationLevel.REPEATABLE_READ).withReadOnly(true);
    // A timestamp of now: of an idle database the last one handed out may be long ago.
    context.oracle.next();
    try (ShardTransaction reader = new ShardTransaction(context, housekeeping, options)) {
      long snapshot = reader.snapshot();
      context.committing.awaitThrough(snapshot, reader);
      return snapshot;
    }
  }

  @Override
  public long settled() {
    return context.committing.settled(context.oracle.current());
  }

  @Override
  public void onAnnouncement(AnnouncementListener listener) {
    context.onAnnouncement(listener);
  }

  @Override
  public TimestampSource timestamps() {
    return context.oracle;
  }

  @Override
  public List<LockView> locks(int quietMax) {
    Leadership leadership = context.system().replica().leadership();
    return leadership == null ? List.of() : leadership.locks().survey(quietMax);
  }

  /** Locks of an earlier term rest for ever. */
  @Override
  public void whileLocksRest(Runnable look) {
    Leadership leadership = context.system().replica().leadership();
    if (leadership == null) {
      look.run();
    } else {
      leadership.locks().whileResting(look);
    }
  }

  @Override
  public List<Metric> metrics() {
    return TransactionMetrics.of(context);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits for commits on their way and for a checkpoint that runs; those whose outcome is
   * unknown stay unknown.
   */
  @Override
  public void close() {
    context.beginClosing();
    context.committer.loseDoubts();
    context.committing.awaitAll(new Closing(context.scheduler.newWaiter()));
    checkpointer.awaitIdle();
  }

  private record Closing(Waiter waiter) implements LockClient {
    @Override
    public void checkWait() {
      // Commits end by themselves.
    }
  }
}
