// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.LockView;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.function.AdvisoryKey;
import io.distdb.sql.function.Caller;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The advisory locks that another node keeps for the sessions of this one. While there are any a
 * thread tells that node so; it also gives back what could not be given back at once.
 */
final class AdvisoryGuest {
  private static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private final Neighbours neighbours;
  private final Scheduler scheduler;
  private final Clock clock;
  private final long validNanos;
  private final AtomicLong lives;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentSkipListMap<Long, There> kept = new ConcurrentSkipListMap<>();
  private final ConcurrentLinkedQueue<There> toGiveBack = new ConcurrentLinkedQueue<>();
  private final Waiter pause;
  private boolean keeping;
  private volatile boolean closed;

  AdvisoryGuest(Neighbours neighbours, Scheduler scheduler, Clock clock, long validNanos) {
    this.neighbours = neighbours;
    this.scheduler = scheduler;
    this.clock = clock;
    this.validNanos = validNanos;
    lives = new AtomicLong(clock.wallMicros());
    pause = scheduler.newWaiter();
  }

  /** A lock that is held, or asked for. */
  private final class There implements AdvisoryAccess.Hold {
    private final Tenure tenure;
    private final AdvisoryMessages.Wanted wanted;
    private volatile boolean granted;

    There(Tenure tenure, AdvisoryMessages.Wanted wanted) {
      this.tenure = tenure;
      this.wanted = wanted;
    }

    @Override
    public boolean isLost() {
      return !tenure.isValid(clock.nanoTime());
    }

    @Override
    public void release() {
      if (!giveBack(this)) {
        abandon();
      }
    }

    @Override
    public void abandon() {
      toGiveBack.add(this);
      keep();
    }
  }

  void close() {
    closed = true;
    pause.signal();
  }

  /** Says that this node is there, anew: what the leader kept for it until now is given back. */
  Tenure begin(NodeId leader) {
    long life = lives.incrementAndGet();
    long sent = clock.nanoTime();
    Bytes message = new MessageFields().number(life).toBytes();
    Bytes term = neighbours.ask(leader, AdvisoryMessages.HELLO, message);
    return new Tenure(leader, AdvisoryMessages.number(term), life, sent + validNanos);
  }

  /** As {@link AdvisoryAccess#lock}. */
  AdvisoryAccess.Hold lock(
      Tenure tenure,
      LocalSession session,
      AdvisoryKey key,
      LockStrength strength,
      Caller caller,
      long nanos,
      boolean waits) {
    There hold =
        new There(
            tenure,
            new AdvisoryMessages.Wanted(
                tenure.life(),
                tenure.term(),
                numbers.incrementAndGet(),
                session.database().number(),
                session.processId(),
                key,
                strength,
                waits));
    kept.put(hold.wanted.number(), hold);
    keep();
    long began = clock.nanoTime();
    try {
      hold.granted = !call(hold, session, caller, nanos).isEmpty();
    } catch (DistDbException refused) {
      boolean late = nanos != Waiter.FOREVER && clock.nanoTime() - began >= nanos;
      throw late && refused.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN
          ? LocalAdvisory.timedOut()
          : refused;
    } finally {
      if (!hold.granted) {
        hold.abandon();
      }
    }
    return hold.granted ? hold : null;
  }

  private Bytes call(There hold, LocalSession session, Caller caller, long nanos) {
    Waiter waiter = session.actions().waiter();
    Calls.Patience patience =
        new Calls.Patience() {
          @Override
          public Waiter waiter() {
            return waiter;
          }

          @Override
          public void checkWait() {
            caller.checkCanceled();
            if (hold.isLost()) {
              throw AdvisoryServer.notLeading();
            }
          }
        };
    return neighbours
        .cluster()
        .calls()
        .call(
            hold.tenure.leader(),
            AdvisoryMessages.LOCK,
            hold.wanted.toBytes(),
            Math.min(nanos, TimeUnit.DAYS.toNanos(365)),
            patience);
  }

  /**
   * @return false: it did not get there, and has to be tried again
   */
  private boolean giveBack(There hold) {
    kept.remove(hold.wanted.number());
    if (hold.isLost()) {
      return true;
    }
    Bytes message =
        new AdvisoryMessages.Returned(hold.tenure.life(), hold.wanted.number()).toBytes();
    try {
      neighbours.ask(hold.tenure.leader(), AdvisoryMessages.RELEASE, message);
      return true;
    } catch (DistDbException unheard) {
      return false;
    }
  }

  // --- the thread that keeps them ---

  private void keep() {
    synchronized (this) {
      if (keeping || closed) {
        pause.signal();
        return;
      }
      keeping = true;
    }
    scheduler.startLight("distdb-advisory", this::run);
  }

  private void run() {
    while (true) {
      for (int i = toGiveBack.size(); i > 0; i--) {
        There next = toGiveBack.poll();
        if (next != null && !giveBack(next)) {
          toGiveBack.add(next);
        }
      }
      There newest = kept.isEmpty() ? null : kept.lastEntry().getValue();
      if (newest != null) {
        ping(newest.tenure);
      }
      synchronized (this) {
        if (closed || kept.isEmpty() && toGiveBack.isEmpty()) {
          keeping = false;
          return;
        }
      }
      pause.awaitUninterruptibly(PING_NANOS);
    }
  }

  private void ping(Tenure tenure) {
    boolean led = neighbours.cluster().leader().filter(tenure.leader()::equals).isPresent();
    if (!led && neighbours.cluster().leader().isPresent()) {
      tenure.end();
    }
    long sent = clock.nanoTime();
    try {
      Bytes message = new MessageFields().number(tenure.life()).toBytes();
      Bytes answer = neighbours.ask(tenure.leader(), AdvisoryMessages.PING, message);
      if (AdvisoryMessages.number(answer) == tenure.term()) {
        tenure.extend(sent + validNanos);
      } else {
        tenure.end();
      }
    } catch (DistDbException silent) {
      // The tenure ends by itself.
    }
  }

  /** What the sessions of this node hold and wait for in {@code database}. */
  List<LockRow> rows(Database database) {
    return kept.values().stream()
        .filter(hold -> hold.wanted.database() == database.number() && !hold.isLost())
        .map(hold -> row(hold, database.name()))
        .toList();
  }

  private static LockRow row(There hold, String database) {
    AdvisoryMessages.Wanted wanted = hold.wanted;
    LockView.Mode mode =
        switch (wanted.strength()) {
          case SHARED -> LockView.Mode.SHARED;
          case EXCLUSIVE -> LockView.Mode.EXCLUSIVE;
        };
    return new LockRow(
        wanted.processId(),
        0,
        database,
        new LockRow.Locked.Application(wanted.key().number(), wanted.key().pair()),
        mode,
        hold.granted ? 0 : 1);
  }
}
