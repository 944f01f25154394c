// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.remote.LockRequest;
import io.distdb.sharding.replica.Leadership;
import java.util.ArrayDeque;

/**
 * The locks, here, of a transaction of another node. One request at a time is served; it ends by a
 * request, or when nothing was heard of it for long.
 */
final class ServedTransaction implements LockClient {
  private final TransactionContext context;
  private final Waiter waiter;
  private final LocalLocks locks;

  /** The number of what comes last. */
  private static final long LAST = Long.MAX_VALUE;

  /** The lock that is waited for is not wanted any more. */
  private volatile boolean cancelled;

  private volatile long heardNanos;

  // --- guarded by this ---
  private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
  private boolean busy;

  /** The request that is served, or was served last. */
  private long newest;

  /** The waits of requests through this one have been ended. */
  private long endedWaits;

  private boolean committing;
  private boolean ended;
  private boolean released;

  /**
   * @param party whose it is; null: nobody's
   */
  ServedTransaction(
      TransactionContext context, Leadership leadership, LockParty party, long timeoutNanos) {
    this.context = context;
    waiter = context.scheduler.newWaiter();
    locks = new LocalLocks(context, leadership, this, context.nextAge(), party, timeoutNanos);
    heard();
  }

  Leadership leadership() {
    return locks.leadership();
  }

  @Override
  public Waiter waiter() {
    return waiter;
  }

  @Override
  public void checkWait() {
    context.checkOpen();
    if (cancelled) {
      throw hasEnded() ? Gateway.lost() : canceled();
    }
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private static DistDbException canceled() {
    return new DistDbException(ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
  }

  /** It goes on. */
  void heard() {
    heardNanos = context.clock.nanoTime();
  }

  // --- requests ---

  LockAnswer lock(LockRequest request) {
    enter(request.number());
    try {
      return switch (request.target()) {
        case LockRequest.Key key ->
            locks.lock(request.space(), key.key(), key.strength(), request.policy());
        case LockRequest.Range range ->
            locks.lockRange(request.space(), range.range(), range.mode(), request.policy());
      };
    } finally {
      leave();
    }
  }

  void confirm() {
    enter(LAST);
    try {
      locks.confirm();
    } finally {
      leave();
    }
  }

  /** Commits, and ends, whatever comes of it. */
  long commit(WriteBuffer writes, CommitToken token, SynchronousCommit least) {
    enter(LAST);
    synchronized (this) {
      committing = true;
    }
    try {
      return locks.commit(writes, token, least);
    } finally {
      synchronized (this) {
        committing = false;
        ended = true;
      }
      leave();
    }
  }

  /** Ends the wait of a request, which may be over, or not here yet. */
  void cancelWait(long request) {
    synchronized (this) {
      endedWaits = Math.max(endedWaits, request);
      if (request != newest) {
        return;
      }
      cancelled = true;
    }
    waiter.signal();
  }

  /** Lets the locks go, now or when the request that is served is over. */
  void end() {
    boolean now;
    synchronized (this) {
      ended = true;
      now = !busy;
    }
    if (now) {
      release();
    } else {
      cancelled = true;
      waiter.signal();
    }
  }

  /**
   * Ends it unless something was heard of it, or it is being committed.
   *
   * @return whether it has ended
   */
  boolean endUnlessHeardSince(long sinceNanos) {
    synchronized (this) {
      if (committing || heardNanos - sinceNanos >= 0) {
        return ended;
      }
    }
    end();
    return true;
  }

  /** Whoever asks again has given up what was asked before. */
  private void enter(long request) {
    while (true) {
      Waiter turn;
      synchronized (this) {
        if (ended) {
          throw Gateway.lost();
        }
        if (request <= endedWaits || request < newest) {
          throw canceled();
        }
        if (!busy) {
          busy = true;
          newest = request;
          cancelled = false;
          return;
        }
        endedWaits = Math.max(endedWaits, newest);
        cancelled = true;
        turn = context.scheduler.newWaiter();
        queue.add(turn);
      }
      waiter.signal();
      turn.awaitUninterruptibly(Waiter.FOREVER);
    }
  }

  private void leave() {
    boolean releases;
    synchronized (this) {
      busy = false;
      releases = ended;
      while (!queue.isEmpty()) {
        queue.remove().signal();
      }
    }
    if (releases) {
      release();
    }
  }

  private void release() {
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
    }
    if (!locks.inDoubt()) {
      locks.releaseAll();
    }
  }
}
