// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.KeyRange;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.lock.RangeMode;
import io.distdb.sharding.remote.CommitRequest;
import io.distdb.sharding.remote.EndRequest;
import io.distdb.sharding.remote.LockReply;
import io.distdb.sharding.remote.LockRequest;
import io.distdb.sharding.remote.TimestampReply;
import io.distdb.sharding.remote.TransactionName;
import io.distdb.sharding.replica.ShardCommand;
import java.util.concurrent.TimeUnit;

/**
 * Locks in the table of the node that leads. They live as long as this node's pings say that the
 * transaction goes on, and no longer than that leadership.
 */
final class RemoteLocks extends TransactionLocks {
  /** What a wait for a lock takes longer than its own limit. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long ALWAYS_NANOS = TimeUnit.DAYS.toNanos(365);

  private final Gateway gateway;
  private final NodeId leader;
  private final LockClient client;
  private final int party;
  private final long timeoutNanos;
  private final TransactionName name;

  /** The leader may know of the transaction. */
  private boolean begun;

  private long requests;
  private boolean holdsAny;
  private boolean ended;

  /**
   * @param party may be null
   * @param timeoutNanos longest wait for one lock; 0 is no limit
   */
  RemoteLocks(
      Gateway gateway, NodeId leader, LockClient client, LockParty party, long timeoutNanos) {
    this.party = party == null ? LockRequest.NOBODY : party.number();
    this.gateway = gateway;
    this.leader = leader;
    this.client = client;
    this.timeoutNanos = timeoutNanos;
    name = gateway.leases().newName();
  }

  @Override
  LockAnswer lock(long space, Bytes key, LockStrength strength, WaitPolicy policy) {
    return ask(space, policy, new LockRequest.Key(key, strength));
  }

  @Override
  LockAnswer lockRange(long space, KeyRange range, RangeMode mode, WaitPolicy policy) {
    return ask(space, policy, new LockRequest.Range(range, mode));
  }

  private LockAnswer ask(long space, WaitPolicy policy, LockRequest.Target target) {
    LockRequest request =
        new LockRequest(name, ++requests, begin(), party, timeoutNanos, policy, space, target);
    long limit = timeoutNanos == 0 ? ALWAYS_NANOS : timeoutNanos + GRACE_NANOS;
    LockReply reply;
    try {
      reply =
          LockReply.decode(
              gateway
                  .calls()
                  .call(
                      leader,
                      Services.LOCK,
                      request.encode(),
                      limit,
                      gateway.whileLeading(leader, client, ErrorCode.CANNOT_CONNECT_NOW)));
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.QUERY_CANCELED) {
        gateway.calls().tell(leader, Services.END, new EndRequest(name, requests).encode());
      }
      throw asLost(refused);
    }
    switch (reply.answer()) {
      case GRANTED, WAITED -> {
        holdsAny = true;
        gateway.awaitApplied(reply.applied(), client);
      }
      case HELD_ALREADY -> {
        // Nothing new to read under it, unless nobody waited for that when it was granted.
        if (missedAny()) {
          holdsAny = true;
          gateway.awaitApplied(reply.applied(), client);
        }
      }
      case REFUSED -> {
        // Nothing to read under it.
      }
    }
    return reply.answer();
  }

  /** Whether the leader does not know of the transaction yet; from now on it may. */
  private boolean begin() {
    boolean first = !begun;
    if (first) {
      begun = true;
      gateway.leases().add(name.number());
    }
    return first;
  }

  @Override
  boolean holdsAny() {
    return holdsAny;
  }

  @Override
  void confirm() {
    try {
      gateway
          .calls()
          .call(
              leader,
              Services.CONFIRM,
              new EndRequest(name, EndRequest.WHOLE).encode(),
              GRACE_NANOS,
              gateway.whileLeading(leader, client, ErrorCode.CANNOT_CONNECT_NOW));
    } catch (DistDbException refused) {
      throw asLost(refused);
    }
  }

  @Override
  long commit(WriteBuffer writes, CommitToken token, SynchronousCommit least) {
    CommitRequest request =
        CommitRequest.of(
            name,
            begin(),
            least,
            new ShardCommand.Commit(writes.toBatch(0), token, writes.changedTables()));
    Patient patience = new Patient(new Uninterrupted(gateway.newWaiter()));
    try {
      Bytes answer =
          gateway
              .calls()
              .call(
                  leader,
                  Services.COMMIT,
                  request.encode(),
                  COMMIT_NANOS,
                  gateway.whileLeading(leader, patience, ErrorCode.COMMIT_OUTCOME_UNKNOWN));
      ended = true;
      TimestampReply reply = TimestampReply.decode(answer);
      awaitOwn(reply.applied(), patience);
      return reply.timestamp();
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
        return gateway.settled(token, refused);
      }
      throw refused.code() == ErrorCode.CANNOT_CONNECT_NOW ? Gateway.lost() : refused;
    }
  }

  /** Who has committed finds it here. It is committed, though, should this node lag behind. */
  private void awaitOwn(long applied, Patient patience) {
    try {
      gateway.awaitApplied(applied, patience);
    } catch (DistDbException lag) {
      if (lag.code() != ErrorCode.CANNOT_CONNECT_NOW) {
        throw lag;
      }
    }
  }

  @Override
  boolean inDoubt() {
    return false;
  }

  @Override
  void releaseAll() {
    if (begun) {
      gateway.leases().remove(name.number());
      if (!ended) {
        gateway.ends().end(leader, name);
      }
    }
  }

  /** A leader that cannot be asked has let the locks go, or will. */
  private static DistDbException asLost(DistDbException refused) {
    return switch (refused.code()) {
      case CANNOT_CONNECT_NOW, COMMIT_OUTCOME_UNKNOWN -> Gateway.lost();
      default -> refused;
    };
  }

  /** The outcome must be known: an interrupt is kept for later. */
  private record Uninterrupted(Waiter waiter) implements Waiter {
    @Override
    public boolean await(long timeoutNanos) {
      return waiter.awaitUninterruptibly(timeoutNanos);
    }

    @Override
    public boolean awaitUninterruptibly(long timeoutNanos) {
      return waiter.awaitUninterruptibly(timeoutNanos);
    }

    @Override
    public void signal() {
      waiter.signal();
    }
  }

  /** A commit that was sent is not called back. */
  private record Patient(Waiter waiter) implements LockClient {
    @Override
    public void checkWait() {
      // Its own time ends it.
    }
  }
}
