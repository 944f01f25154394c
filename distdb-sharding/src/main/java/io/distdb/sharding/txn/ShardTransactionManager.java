// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.NodeId;
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
import io.distdb.api.transport.Calls;
import io.distdb.api.txn.AnnouncementListener;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.ContentSink;
import io.distdb.api.txn.ExportedContent;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockView;
import io.distdb.api.txn.TimestampSource;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.replica.Leadership;
import io.distdb.sharding.replica.ShardReplica;
import io.distdb.sharding.route.Router;
import io.distdb.sharding.route.Shard;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Transactions on a database that is one shard, the system shard. */
public final class ShardTransactionManager implements TransactionManager {
  private final TransactionContext context;
  private final IndexIds indexIds;
  private final TimestampSource timestamps;

  private ShardTransactionManager(TransactionContext context) {
    this.context = context;
    indexIds = new IndexIds(context);
    timestamps = context.gateway() == null ? context.oracle : new GatewayTimestamps(context);
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

  /**
   * As {@link #open(Store, Consensus, Scheduler, Clock, TransactionLimits)}, on a node of several:
   * transactions run on every one of them, and ask the one that leads through {@code calls}. {@link
   * #close} this before {@code calls}.
   */
  public static ShardTransactionManager open(
      Store store,
      Consensus consensus,
      Scheduler scheduler,
      Clock clock,
      TransactionLimits limits,
      Calls calls,
      NodeId self) {
    TransactionContext context =
        new TransactionContext(
            clock, scheduler, limits, CommitOrder.MARK_FIRST, UnaryOperator.identity());
    ShardReplica replica = new ShardReplica(store, clock, context);
    Gateway gateway = new Gateway(context, calls, self);
    Shard shard = new Shard(ShardId.SYSTEM, replica, consensus.open(ShardId.SYSTEM, replica));
    context.attach(Router.single(shard), gateway);
    gateway.start();
    return new ShardTransactionManager(context);
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

  /** What its transactions share. */
  TransactionContext context() {
    return context;
  }

  @Override
  public Transaction begin(TransactionOptions options) {
    checkServing();
    return new ShardTransaction(context, options);
  }

  @Override
  public Transaction beginAt(long snapshot, TransactionOptions options) {
    checkServing();
    if (context.gateway() != null) {
      context.gateway().snapshots().checkPast(snapshot);
    } else if (snapshot > context.oracle.current()) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "the snapshot " + snapshot + " is in the future; now is " + context.oracle.current());
    }
    ShardTransaction transaction =
        new ShardTransaction(context, options.withIsolation(IsolationLevel.REPEATABLE_READ));
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
    return context.gateway() == null ? context.outcome(token) : context.gateway().outcome(token);
  }

  @Override
  public IndexId newIndexId() {
    context.checkOpen();
    return indexIds.next();
  }

  @Override
  public void checkpoint() {
    context.checkOpen();
    context.checkpointer().runNow();
  }

  @Override
  public ExportedContent export(Compression compression, ContentSink sink) {
    checkServing();
    return new ConsistentExport(context, compression, sink).run();
  }

  /** Raises the safe point as far as open snapshots and the retention allow, and collects. */
  public void collectGarbage() {
    context.checkOpen();
    context.housekeeping().collectGarbage(0);
  }

  @Override
  public long settle() {
    checkServing();
    TransactionOptions options =
        TransactionOptions.DEFAULT.withIsolation(IsolationLevel.REPEATABLE_READ).withReadOnly(true);
    // A timestamp of now: of an idle database the last one handed out may be long ago.
    timestamps.next();
    try (ShardTransaction reader = new ShardTransaction(context, options)) {
      long snapshot = reader.snapshot();
      context.committing.awaitThrough(snapshot, reader);
      reader.checkRead();
      reader.settle();
      return snapshot;
    }
  }

  @Override
  public long settled() {
    return context.gateway() == null
        ? context.committing.settled(context.oracle.current())
        : context.gateway().snapshots().closed();
  }

  @Override
  public void onAnnouncement(AnnouncementListener listener) {
    context.onAnnouncement(listener);
  }

  @Override
  public void onForeignParties(IntFunction<LockParty> parties) {
    context.onForeignParties(parties);
  }

  @Override
  public TimestampSource timestamps() {
    return timestamps;
  }

  /** On a node of several any may lead; alone, this one must. */
  private void checkServing() {
    context.checkOpen();
    if (context.gateway() == null) {
      TransactionContext.leadershipOf(context.system());
    }
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
   * From now on every wait and every call of a transaction ends with what {@code why} makes, until
   * this is closed.
   */
  public void refuse(Supplier<DistDbException> why) {
    if (!context.closing()) {
      context.end(why);
    }
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
    if (context.gateway() != null) {
      context.gateway().close();
    }
    context.committer.loseDoubts();
    context.committing.awaitAll(new Closing(context.scheduler.newWaiter()));
    context.checkpointer().awaitIdle();
  }

  private record Closing(Waiter waiter) implements LockClient {
    @Override
    public void checkWait() {
      // Commits end by themselves.
    }
  }
}
