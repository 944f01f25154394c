// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.function.AdvisoryKey;
import io.distdb.sql.function.Caller;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The advisory locks of one node of several: the node that leads keeps them, see {@link
 * AdvisoryServer}. A lock that waits while the leadership changes is asked for again, unless the
 * session has others, which are lost then.
 */
final class ClusterAdvisory implements AdvisoryAccess {
  /** Less than the leader's lease, from before a message was sent to it. */
  private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long LEADER_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long ALWAYS_NANOS = TimeUnit.DAYS.toNanos(365);
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Neighbours neighbours;
  private final AdvisoryServer server;
  private final AdvisoryGuest guest;
  private final Clock clock;

  /** Null: none yet. */
  private volatile Tenure tenure;

  /** Guarded by this. */
  private boolean beginning;

  private ClusterAdvisory(
      Neighbours neighbours, AdvisoryServer server, Scheduler scheduler, Clock clock) {
    this.neighbours = neighbours;
    this.server = server;
    this.clock = clock;
    guest = new AdvisoryGuest(neighbours, scheduler, clock, VALID_NANOS);
    neighbours.serve(AdvisoryMessages.FORGET, this::forget);
  }

  /** Of {@code databases}, whose node has neighbours. */
  static ClusterAdvisory of(Databases databases, Scheduler scheduler, Clock clock) {
    Neighbours neighbours = databases.neighbours();
    AdvisoryServer server = new AdvisoryServer(databases, scheduler, clock);
    return new ClusterAdvisory(neighbours, server, scheduler, clock);
  }

  void close() {
    guest.close();
  }

  // --- locks ---

  @Override
  public Hold tryLock(LocalSession session, AdvisoryKey key, LockStrength strength, Caller caller) {
    return lock(session, key, strength, caller, TRY_NANOS, false);
  }

  @Override
  public Hold lock(LocalSession session, AdvisoryKey key, LockStrength strength, Caller caller) {
    long limit = session.settings().values().lockTimeoutNanos();
    return lock(session, key, strength, caller, limit == 0 ? Waiter.FOREVER : limit, true);
  }

  private Hold lock(
      LocalSession session,
      AdvisoryKey key,
      LockStrength strength,
      Caller caller,
      long nanos,
      boolean waits) {
    long began = clock.nanoTime();
    while (true) {
      Tenure current = tenure(caller);
      long left = nanos == Waiter.FOREVER ? nanos : nanos - (clock.nanoTime() - began);
      if (left <= 0) {
        throw LocalAdvisory.timedOut();
      }
      try {
        return isHere(current)
            ? lockHere(current, session, key, strength, caller, left, waits)
            : guest.lock(current, session, key, strength, caller, left, waits);
      } catch (DistDbException refused) {
        if (!isOfLeader(refused)) {
          throw refused;
        }
        current.end();
        session.actions().advisory().check();
        caller.sleep(AGAIN_NANOS);
      }
    }
  }

  private static boolean isOfLeader(DistDbException refused) {
    return refused.code() == ErrorCode.CANNOT_CONNECT_NOW
        || refused.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN;
  }

  private boolean isHere(Tenure asked) {
    return asked.leader().equals(neighbours.cluster().self());
  }

  private record Here(
      AdvisoryServer server, long term, AdvisoryLocks table, AdvisoryRequest request)
      implements Hold {
    @Override
    public boolean isLost() {
      return !server.isCurrent(term);
    }

    @Override
    public void release() {
      server.release(term, table, request);
    }

    @Override
    public void abandon() {
      release();
    }
  }

  private Hold lockHere(
      Tenure current,
      LocalSession session,
      AdvisoryKey key,
      LockStrength strength,
      Caller caller,
      long nanos,
      boolean waits) {
    AdvisoryRequest request = AdvisoryRequest.of(session, key, strength);
    AdvisoryLocks table = session.database().advisory();
    Here hold = new Here(server, current.term(), table, request);
    if (server.lockHere(current.term(), table, request, waits)) {
      return hold;
    }
    if (!waits) {
      return null;
    }
    boolean undisturbed = false;
    try {
      awaitHere(current, request, caller, nanos);
      undisturbed = true;
    } finally {
      if (!undisturbed || !request.isGranted()) {
        server.withdraw(current.term(), table, request);
      }
    }
    return hold;
  }

  private void awaitHere(Tenure current, AdvisoryRequest request, Caller caller, long nanos) {
    long began = clock.nanoTime();
    while (!request.isGranted()) {
      if (request.isLost() || !server.isCurrent(current.term())) {
        throw AdvisoryServer.notLeading();
      }
      long left = nanos == Waiter.FOREVER ? SLICE_NANOS : nanos - (clock.nanoTime() - began);
      if (left <= 0) {
        throw LocalAdvisory.timedOut();
      }
      caller.sleepUntil(() -> request.isGranted() || request.isLost(), Math.min(left, SLICE_NANOS));
    }
  }

  // --- tenures ---

  /** The one under which locks are asked for now. */
  private Tenure tenure(Caller caller) {
    long giveUp = clock.nanoTime() + LEADER_NANOS;
    DistDbException last = null;
    while (true) {
      Optional<NodeId> leader = neighbours.cluster().leader();
      try {
        if (leader.isPresent()) {
          Tenure known = tenure;
          boolean fits = known != null && known.leader().equals(leader.get()) && isValid(known);
          Tenure found = fits ? known : begin(leader.get());
          if (found != null) {
            return found;
          }
        }
      } catch (DistDbException refused) {
        if (!isOfLeader(refused)) {
          throw refused;
        }
        last = refused;
      }
      if (clock.nanoTime() - giveUp >= 0) {
        throw last != null
            ? last
            : new DistDbException(
                ErrorCode.CANNOT_CONNECT_NOW, "no node leads that could keep advisory locks");
      }
      caller.sleep(AGAIN_NANOS);
    }
  }

  private boolean isValid(Tenure known) {
    return known.isValid(clock.nanoTime()) && (!isHere(known) || server.isCurrent(known.term()));
  }

  /**
   * Begins a tenure, one thread at a time: what was kept under an earlier one is lost.
   *
   * @return null: another thread does
   */
  private Tenure begin(NodeId leader) {
    synchronized (this) {
      if (beginning) {
        return null;
      }
      beginning = true;
    }
    try {
      if (tenure != null) {
        tenure.end();
      }
      tenure =
          leader.equals(neighbours.cluster().self())
              ? new Tenure(leader, server.enter(), 0, clock.nanoTime() + ALWAYS_NANOS)
              : guest.begin(leader);
      return tenure;
    } finally {
      synchronized (this) {
        beginning = false;
      }
    }
  }

  /** A leader has begun, who knows of nothing that was locked before. */
  private Bytes forget(NodeId from, Bytes message) {
    long term = AdvisoryMessages.number(message);
    Tenure known = tenure;
    if (known != null && known.term() < term) {
      known.end();
    }
    return Bytes.EMPTY;
  }

  @Override
  public List<LockRow> rows(Database database) {
    Tenure known = tenure;
    return known != null && isHere(known)
        ? database.advisory().rows(database.name())
        : guest.rows(database);
  }
}
