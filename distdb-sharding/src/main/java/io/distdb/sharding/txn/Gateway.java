// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.remote.NumberMessage;
import io.distdb.sharding.remote.OutcomeReply;
import io.distdb.sharding.replica.Leadership;
import io.distdb.sharding.replica.ShardCommand;
import io.distdb.sharding.replica.ShardReplica;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How the transactions of a node of several come to snapshots, locks and commits: here while this
 * node leads, else by asking the one that does. Rows are read from this node's own replica in
 * either case, once it has applied what the snapshot or the lock stands for.
 *
 * <p>Design note. A snapshot that the leader gives away is complete: before it answers, the leader
 * waits for the commits on their way at or below it and hears from a quorum that it leads. So what
 * reads elsewhere need not know of commits on their way. See docs/adr/0025-gateways.md.
 */
final class Gateway {
  /** How long a statement waits for somebody to lead. */
  private static final long LEADER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long this node may apply nothing of what it waits for. */
  private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long it may take to get there, if it goes on. */
  static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

  private final TransactionContext context;
  private final Calls calls;
  private final NodeId self;
  private final TransactionServer server;
  private final LeaseKeeper leases;
  private final EndKeeper ends;

  private final GatewaySnapshots snapshots;

  Gateway(TransactionContext context, Calls calls, NodeId self) {
    this.context = context;
    this.calls = calls;
    this.self = self;
    server = new TransactionServer(context);
    snapshots = new GatewaySnapshots(context, this);
    leases = new LeaseKeeper(context, this);
    ends = new EndKeeper(context, this, calls.life());
  }

  /** Begins to answer others. The context is attached to its shards by now. */
  void start() {
    context.applied.start(replica().applied().index());
    server.serve(calls);
  }

  void leading() {
    server.leading();
  }

  void close() {
    snapshots.close();
    leases.close();
    ends.close();
    server.close();
  }

  /** What garbage collection must keep for readers on other nodes. */
  long oldestPinElsewhere() {
    return server.oldestPin();
  }

  GatewaySnapshots snapshots() {
    return snapshots;
  }

  LeaseKeeper leases() {
    return leases;
  }

  EndKeeper ends() {
    return ends;
  }

  /** As {@link TransactionContext#confirm}. */
  void confirm(Leadership leadership) {
    try {
      context.system().group().confirmRead(leadership.term());
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.CANNOT_CONNECT_NOW) {
        throw lost();
      }
      throw refused;
    }
  }

  // --- locks, ids, outcomes ---

  TransactionLocks newLocks(SnapshotTransaction transaction, long age, TransactionOptions options) {
    return ask(
        transaction,
        here ->
            new LocalLocks(
                context, here, transaction, age, options.party(), options.lockTimeoutNanos()),
        leader ->
            new RemoteLocks(
                this, leader, transaction, options.party(), options.lockTimeoutNanos()));
  }

  long allocateIndexIds(int count) {
    LockClient asker = context.asker();
    ShardCommand command = new ShardCommand.AllocateIndexIds(count);
    return ask(
        asker,
        here -> (Long) context.propose(command),
        leader ->
            NumberMessage.decode(
                call(leader, Services.INDEX_IDS, new NumberMessage(count).encode(), asker)));
  }

  CommitOutcome outcome(CommitToken token) {
    LockClient asker = context.asker();
    return ask(
        asker,
        here -> context.outcome(token),
        leader -> OutcomeReply.decode(call(leader, Services.OUTCOME, token.toBytes(), asker)));
  }

  /**
   * The timestamp of a commit of unknown outcome: a token knows what became of it, as soon as
   * somebody leads.
   *
   * @param token may be null: then nobody knows
   * @throws DistDbException {@code SERIALIZATION_FAILURE}: it is not committed; or {@code unknown}
   */
  long settled(CommitToken token, DistDbException unknown) {
    if (token == null) {
      throw unknown;
    }
    CommitOutcome outcome;
    try {
      outcome = outcome(token);
    } catch (DistDbException nobody) {
      unknown.addSuppressed(nobody);
      throw unknown;
    }
    return switch (outcome) {
      case CommitOutcome.Committed(long timestamp) -> timestamp;
      case CommitOutcome.Aborted aborted -> throw lost();
      case CommitOutcome.Unknown tooLate -> throw unknown;
    };
  }

  /** A timestamp above all that were handed out before the call. */
  long nextTimestamp() {
    LockClient asker = context.asker();
    return ask(
        asker,
        here -> {
          long next = context.oracle.next();
          confirm(here);
          return next;
        },
        leader -> NumberMessage.decode(call(leader, Services.TIMESTAMP, Bytes.EMPTY, asker)));
  }

  // --- asking ---

  /** What is done where the shard is led. */
  interface Here<T> {
    T answer(Leadership leadership);
  }

  interface There<T> {
    T answer(NodeId leader);
  }

  /** Asks whoever leads, as often as that changes; for what may be done twice. */
  <T> T ask(LockClient asker, Here<T> here, There<T> there) {
    long giveUp = context.clock.nanoTime() + LEADER_NANOS;
    DistDbException last = null;
    while (true) {
      asker.checkWait();
      try {
        Leadership leadership = replica().leadership();
        Optional<NodeId> leader = context.system().group().leader();
        if (leadership != null) {
          return here.answer(leadership);
        }
        if (leader.isPresent() && !leader.get().equals(self)) {
          return there.answer(leader.get());
        }
      } catch (DistDbException refused) {
        if (!passes(refused)) {
          throw refused;
        }
        last = refused;
      }
      if (context.clock.nanoTime() - giveUp >= 0) {
        throw nobodyLeads(last);
      }
      asker.waiter().await(RETRY_NANOS);
    }
  }

  /** Whether another try may do better. */
  static boolean passes(DistDbException refused) {
    return refused.code() == ErrorCode.CANNOT_CONNECT_NOW
        || refused.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN;
  }

  private Bytes call(NodeId leader, String service, Bytes request, LockClient asker) {
    return call(leader, service, request, CALL_NANOS, asker);
  }

  /** For what may be asked again elsewhere. */
  Bytes call(NodeId leader, String service, Bytes request, long timeoutNanos, LockClient asker) {
    return calls.call(
        leader,
        service,
        request,
        timeoutNanos,
        whileLeading(leader, asker, ErrorCode.CANNOT_CONNECT_NOW));
  }

  Calls.Patience whileLeading(NodeId leader, LockClient client, ErrorCode otherwise) {
    return new WhileItLeads(context, leader, client, otherwise);
  }

  Waiter newWaiter() {
    return context.scheduler.newWaiter();
  }

  Calls calls() {
    return calls;
  }

  boolean isElsewhere(NodeId node) {
    return !node.equals(self);
  }

  /** Where the shard is led now, as far as this node knows. */
  Optional<NodeId> leader() {
    return context.system().group().leader();
  }

  /**
   * @throws DistDbException {@code CANNOT_CONNECT_NOW}: this node does not get there
   */
  void awaitApplied(long index, LockClient reader) {
    awaitApplied(index, LONGEST_NANOS, reader);
  }

  /**
   * @param limitNanos longest wait
   * @throws DistDbException {@code CANNOT_CONNECT_NOW}: this node does not get there
   */
  void awaitApplied(long index, long limitNanos, LockClient reader) {
    long deadline = context.clock.nanoTime() + limitNanos;
    if (!context.applied.await(index, LAG_NANOS, deadline, reader)) {
      throw new DistDbException(
              ErrorCode.CANNOT_CONNECT_NOW,
              "node "
                  + self
                  + " has applied the log to "
                  + replica().applied().index()
                  + ", and does not come to "
                  + index)
          .withHint("see its log, and whether it reaches the other nodes");
    }
  }

  private ShardReplica replica() {
    return context.system().replica();
  }

  DistDbException notLeading() {
    return new DistDbException(
        ErrorCode.CANNOT_CONNECT_NOW, "node " + self + " no longer leads shard 0");
  }

  /** What a transaction had in an earlier leadership is gone. */
  static DistDbException lost() {
    return new DistDbException(
            ErrorCode.SERIALIZATION_FAILURE,
            "the leadership of the shard changed: what the transaction read or locked is lost")
        .withHint("run the transaction again");
  }

  private DistDbException nobodyLeads(DistDbException last) {
    List<NodeId> silent = context.system().group().silent();
    String message = "no node leads shard " + context.system().id();
    if (!silent.isEmpty()) {
      message +=
          silent.stream().map(NodeId::value).collect(Collectors.joining(", ", ": ", ""))
              + (silent.size() == 1 ? " does not answer" : " do not answer");
    } else if (last != null) {
      message += ": " + last.getMessage();
    }
    return new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, message, last)
        .withHint(
            "a cluster works while more than half of its voting nodes reach each other;"
                + " transaction_read_mode = 'bounded_staleness' reads what this node has, a new"
                + " session with PGOPTIONS='-c transaction_read_mode=bounded_staleness'");
  }
}
