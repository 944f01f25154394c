// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.AnnouncementListener;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.TimestampSource;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.remote.LockRequest;
import io.distdb.sharding.replica.Announcements;
import io.distdb.sharding.replica.Leadership;
import io.distdb.sharding.replica.ReplicaListener;
import io.distdb.sharding.replica.ShardCommand;
import io.distdb.sharding.route.Router;
import io.distdb.sharding.route.Shard;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What all transactions of a node share. Thread-safe. */
final class TransactionContext implements ReplicaListener {
  /** Seconds of outcomes that one question lets expire at most. */
  private static final int EXPIRE_STEPS_MAX = 16;

  final Clock clock;
  final Scheduler scheduler;
  final TransactionLimits limits;
  final TimestampOracle oracle;

  /** The oracle as commits see it: a simulation may put a delay before it. */
  final TimestampSource timestamps;

  final CommittingSet committing = new CommittingSet();
  final OpenTransactions open = new OpenTransactions();
  final Committer committer;
  final AppliedIndex applied;
  private final Checkpointer checkpointer;
  private final Housekeeping housekeeping;
  private final AtomicLong ages = new AtomicLong();
  private Router router;

  /** Null on a node that is alone. */
  private Gateway gateway;

  private volatile boolean closing;

  /** Makes what every call ends with; null: none does. */
  private volatile Supplier<DistDbException> ended;

  /** Null: nobody listens. */
  private volatile AnnouncementListener announcements;

  /** Who stands for parties of other nodes. */
  private volatile IntFunction<LockParty> foreignParties = ForeignParty::new;

  TransactionContext(
      Clock clock,
      Scheduler scheduler,
      TransactionLimits limits,
      CommitOrder order,
      UnaryOperator<TimestampSource> wrap) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.limits = limits;
    applied = new AppliedIndex(clock);
    oracle = new TimestampOracle(clock, scheduler, this::extendBound);
    timestamps = wrap.apply(oracle);
    committer = new Committer(this, order);
    checkpointer = new Checkpointer(this);
    housekeeping = new Housekeeping(this, checkpointer);
  }

  /** Completes the wiring; before anything else is called. */
  void attach(Router newRouter) {
    Invariant.check(router == null, "transactions are attached to their shards once");
    router = newRouter;
  }

  /** As {@link #attach}, for a node of several: what it does not lead it asks others for. */
  void attach(Router newRouter, Gateway newGateway) {
    gateway = newGateway;
    attach(newRouter);
  }

  /** How this node reaches the one that leads, or null: it is alone. */
  Gateway gateway() {
    return gateway;
  }

  Checkpointer checkpointer() {
    return checkpointer;
  }

  Housekeeping housekeeping() {
    return housekeeping;
  }

  Router router() {
    return router;
  }

  Shard system() {
    return router.system();
  }

  long nextAge() {
    return ages.incrementAndGet();
  }

  /**
   * @throws DistDbException {@code CANNOT_CONNECT_NOW}
   */
  static Leadership leadershipOf(Shard shard) {
    Leadership leadership = shard.replica().leadership();
    if (leadership == null) {
      throw new DistDbException(
              ErrorCode.CANNOT_CONNECT_NOW, "this node does not lead shard " + shard.id())
          .withHint("try again on the node that leads, or when this one is ready");
    }
    return leadership;
  }

  /** The locks of a transaction that has none yet. May wait for somebody to lead. */
  TransactionLocks newLocks(SnapshotTransaction transaction, long age, TransactionOptions options) {
    return gateway == null
        ? new LocalLocks(
            this,
            leadershipOf(system()),
            transaction,
            age,
            options.party(),
            options.lockTimeoutNanos())
        : gateway.newLocks(transaction, age, options);
  }

  /**
   * Returns once {@code leadership} is known to have lasted until some time after the call.
   *
   * @throws DistDbException {@code SERIALIZATION_FAILURE}: it may be over
   */
  void confirm(Leadership leadership) {
    if (gateway != null) {
      gateway.confirm(leadership);
    }
  }

  /**
   * Whose a transaction of another node is.
   *
   * @param number 0: nobody's
   */
  LockParty foreignParty(int number) {
    return number == LockRequest.NOBODY ? null : foreignParties.apply(number);
  }

  void onForeignParties(IntFunction<LockParty> parties) {
    foreignParties = parties;
  }

  /** Whoever waits outside of a transaction, until this node closes. */
  LockClient asker() {
    return new Asker(this, scheduler.newWaiter());
  }

  private record Asker(TransactionContext context, Waiter waiter) implements LockClient {
    @Override
    public void checkWait() {
      context.checkOpen();
    }
  }

  /** What became of a commit, as this node tells it, which leads. */
  CommitOutcome outcome(CommitToken token) {
    for (int i = 0; i < EXPIRE_STEPS_MAX && housekeeping.expireOutcome(); ) {
      i++;
    }
    long now = oracle.now();
    CommitOutcome told = system().replica().outcomes().told(token, now);
    return told != null
        ? told
        : (CommitOutcome) propose(new ShardCommand.ProposeOutcome(token, now));
  }

  /** Sets {@code count} index ids aside; the first of them. */
  long allocateIndexIds(int count) {
    return gateway == null
        ? (Long) propose(new ShardCommand.AllocateIndexIds(count))
        : gateway.allocateIndexIds(count);
  }

  /** Puts a command of housekeeping into the system shard's log. */
  Object propose(ShardCommand command) {
    Shard shard = system();
    return shard.group().propose(leadershipOf(shard).term(), command);
  }

  private long extendBound(long bound) {
    return (Long) propose(new ShardCommand.ExtendTimestampBound(bound));
  }

  // --- closing ---

  boolean closing() {
    return closing;
  }

  void checkOpen() {
    Supplier<DistDbException> why = ended;
    if (why != null) {
      throw why.get();
    }
  }

  /** From now on every wait and every call of a transaction ends with {@code SHUTTING_DOWN}. */
  void beginClosing() {
    closing = true;
    end(() -> new DistDbException(ErrorCode.SHUTTING_DOWN, "the database is shutting down"));
  }

  /** From now on every wait and every call of a transaction ends with what {@code why} makes. */
  void end(Supplier<DistDbException> why) {
    ended = why;
    open.forEach(transaction -> {
      transaction.wake();
      return true;
    });
  }

  // --- what the replica tells ---

  @Override
  public void leading(long bound) {
    oracle.lead(bound);
    committing.regained();
    if (gateway != null) {
      gateway.leading();
    }
  }

  @Override
  public void following() {
    committer.loseDoubts();
    if (gateway != null) {
      // Another node is to know what is read at here.
      gateway.leases().keep();
    }
  }

  @Override
  public void applied(long timestamp) {
    committer.applied(timestamp);
    if (gateway != null) {
      gateway.snapshots().applied();
    }
  }

  @Override
  public void announced(WriteBatch batch) {
    AnnouncementListener listener = announcements;
    if (listener != null) {
      Announcements.tell(batch, listener::announced);
    }
  }

  @Override
  public void replaced() {
    if (gateway != null) {
      gateway.snapshots().applied();
    }
    AnnouncementListener listener = announcements;
    if (listener != null) {
      listener.missed();
    }
  }

  void onAnnouncement(AnnouncementListener listener) {
    Invariant.check(announcements == null, "announcements are listened to already");
    announcements = listener;
  }

  @Override
  public void reached(long index) {
    applied.reached(index);
    if (gateway != null) {
      checkpointer.startIfDue();
    }
  }
}
