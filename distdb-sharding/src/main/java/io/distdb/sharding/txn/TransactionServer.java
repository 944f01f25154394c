// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Calls;
import io.distdb.api.txn.CommitToken;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.remote.CommitRequest;
import io.distdb.sharding.remote.EndRequest;
import io.distdb.sharding.remote.Ended;
import io.distdb.sharding.remote.LockReply;
import io.distdb.sharding.remote.LockRequest;
import io.distdb.sharding.remote.NumberMessage;
import io.distdb.sharding.remote.OutcomeReply;
import io.distdb.sharding.remote.Ping;
import io.distdb.sharding.remote.TimestampReply;
import io.distdb.sharding.remote.TransactionName;
import io.distdb.sharding.replica.Leadership;
import io.distdb.sharding.replica.ShardCommand;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Answers the gateways of other nodes while this one leads. */
final class TransactionServer {
  /** A transaction of which nothing was heard for so long loses its locks. */
  private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Whose transaction it is, and which. */
  private record Id(NodeId node, TransactionName name) {}

  private final TransactionContext context;
  private final ConcurrentHashMap<Id, ServedTransaction> served = new ConcurrentHashMap<>();
  private final RemotePins pins;
  private Scheduler.Timer timer;
  private boolean closed;

  TransactionServer(TransactionContext context) {
    this.context = context;
    pins = new RemotePins(context.clock);
  }

  void serve(Calls calls) {
    serve(calls, Services.SNAPSHOT, (from, none) -> snapshot().encode());
    serve(calls, Services.TIMESTAMP, (from, none) -> new NumberMessage(timestamp()).encode());
    serve(calls, Services.LOCK, (from, message) -> lock(from, LockRequest.decode(message)));
    serve(calls, Services.CONFIRM, (from, message) -> confirm(from, EndRequest.decode(message)));
    serve(calls, Services.COMMIT, (from, message) -> commit(from, CommitRequest.decode(message)));
    serve(calls, Services.END, (from, message) -> end(from, EndRequest.decode(message)));
    serve(calls, Services.ENDED, (from, message) -> ended(from, Ended.decode(message)));
    serve(calls, Services.PING, (from, message) -> ping(from, Ping.decode(message)));
    serve(calls, Services.INDEX_IDS, (from, message) -> indexIds(NumberMessage.decode(message)));
    serve(calls, Services.OUTCOME, (from, token) -> outcome(CommitToken.of(token)));
  }

  /** Whoever asks may find another node that leads; that this one closes is not their concern. */
  private static void serve(Calls calls, String service, Calls.Handler handler) {
    calls.serve(
        service,
        (from, request) -> {
          try {
            return handler.answer(from, request);
          } catch (DistDbException refused) {
            if (refused.code() == ErrorCode.SHUTTING_DOWN) {
              throw new DistDbException(
                  ErrorCode.CANNOT_CONNECT_NOW, "the node that leads is shutting down", refused);
            }
            throw refused;
          }
        });
  }

  void leading() {
    pins.leading();
  }

  /** See {@link RemotePins#oldest}. */
  long oldestPin() {
    return pins.oldest();
  }

  /** Those who wait here for a lock are told at once to look for another leader. */
  void close() {
    synchronized (this) {
      closed = true;
      if (timer != null) {
        timer.cancel();
      }
    }
    served.values().forEach(transaction -> transaction.waiter().signal());
  }

  // --- timestamps, ids, outcomes ---

  private TimestampReply snapshot() {
    Leadership here = leadership();
    // Before there is the timestamp, so that the safe point cannot pass it by.
    pins.handOut(context.oracle.current());
    // A timestamp of now, so that the age of a snapshot can be told by it.
    long at = context.timestamps.next();
    context.committing.awaitThrough(at, context.asker());
    // Whoever closes gives commits of unknown outcome up: they were not waited for.
    context.checkOpen();
    context.confirm(here);
    long applied = context.system().replica().applied().index();
    if (context.system().replica().leadership() != here) {
      throw notLeading();
    }
    return new TimestampReply(at, applied);
  }

  private long timestamp() {
    Leadership here = leadership();
    long next = context.oracle.next();
    context.confirm(here);
    return next;
  }

  private Bytes indexIds(long count) {
    Object first = context.propose(new ShardCommand.AllocateIndexIds(Math.toIntExact(count)));
    return new NumberMessage((Long) first).encode();
  }

  private Bytes outcome(CommitToken token) {
    leadership();
    return new OutcomeReply(context.outcome(token)).encode();
  }

  // --- transactions ---

  private Bytes lock(NodeId from, LockRequest request) {
    ServedTransaction transaction =
        find(
            new Id(from, request.transaction()),
            request.first(),
            request.party(),
            request.timeoutNanos());
    LockAnswer answer = transaction.lock(request);
    return new LockReply(answer, context.system().replica().applied().index()).encode();
  }

  private Bytes confirm(NodeId from, EndRequest request) {
    find(new Id(from, request.transaction()), false, LockRequest.NOBODY, 0).confirm();
    return Bytes.EMPTY;
  }

  private Bytes commit(NodeId from, CommitRequest request) {
    Id id = new Id(from, request.transaction());
    ShardCommand.Commit commit = request.commit();
    ServedTransaction transaction = find(id, request.first(), LockRequest.NOBODY, 0);
    long timestamp;
    try {
      timestamp = transaction.commit(ReceivedWrites.of(commit), commit.token(), request.least());
    } finally {
      served.remove(id);
    }
    context.housekeeping().afterCommit();
    return new TimestampReply(timestamp, context.system().replica().applied().index()).encode();
  }

  private Bytes end(NodeId from, EndRequest request) {
    Id id = new Id(from, request.transaction());
    ServedTransaction transaction = request.ofWait() ? served.get(id) : served.remove(id);
    if (transaction != null && request.ofWait()) {
      transaction.cancelWait(request.request());
    } else if (transaction != null) {
      transaction.end();
    }
    return Bytes.EMPTY;
  }

  private Bytes ended(NodeId from, Ended ended) {
    for (long number : ended.transactions()) {
      ServedTransaction transaction =
          served.remove(new Id(from, new TransactionName(ended.life(), number)));
      if (transaction != null) {
        transaction.end();
      }
    }
    return Bytes.EMPTY;
  }

  private Bytes ping(NodeId from, Ping ping) {
    pins.heard(from, ping.oldestPin());
    for (long number : ping.transactions()) {
      ServedTransaction transaction =
          served.get(new Id(from, new TransactionName(ping.life(), number)));
      if (transaction != null) {
        transaction.heard();
      }
    }
    return Bytes.EMPTY;
  }

  private ServedTransaction find(Id id, boolean first, int party, long timeoutNanos) {
    Leadership here = first ? leadership() : context.system().replica().leadership();
    ServedTransaction found =
        first
            ? served.computeIfAbsent(
                id,
                key ->
                    new ServedTransaction(context, here, context.foreignParty(party), timeoutNanos))
            : served.get(id);
    if (found == null || found.leadership() != here) {
      throw Gateway.lost();
    }
    found.heard();
    if (first) {
      lookLater();
    }
    return found;
  }

  // --- leases ---

  private synchronized void lookLater() {
    if (timer == null && !closed) {
      timer = context.scheduler.after(LOOK_NANOS, "distdb-leases", this::look);
    }
  }

  private void look() {
    synchronized (this) {
      timer = null;
    }
    long since = context.clock.nanoTime() - LEASE_NANOS;
    for (Map.Entry<Id, ServedTransaction> each : served.entrySet()) {
      if (each.getValue().endUnlessHeardSince(since)) {
        served.remove(each.getKey(), each.getValue());
      }
    }
    if (!served.isEmpty()) {
      lookLater();
    }
  }

  private Leadership leadership() {
    context.checkOpen();
    return TransactionContext.leadershipOf(context.system());
  }

  private static DistDbException notLeading() {
    return new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "the node no longer leads shard 0");
  }
}
