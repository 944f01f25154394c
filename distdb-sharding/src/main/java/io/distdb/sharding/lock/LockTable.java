// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.KeyRange;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.LockView;
import io.distdb.api.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Locks of one shard for one term of leadership: on keys, present or absent, and on key ranges.
 *
 * <p>Design note. Keys are hashed over stripes, each a small hash table under a JDK lock of its
 * own; a key lock takes one stripe, so an uncontended lock and release cost two short critical
 * sections, and no object as a rule: a stripe keeps a few entries that nobody ever waited for, each
 * with its grant, and uses them again. Ranges are few (SERIALIZABLE scans and large runs of new
 * keys take them): they are kept in one array that is changed under <em>all</em> stripes and read
 * under any one, so key requests see it at no cost, and a range request sees every key. What a
 * range lock costs in return is a walk over the locked keys; an owner's ranges in one index are
 * merged when there are many ({@link #RANGES_PER_OWNER_MAX}).
 *
 * <p>{@link Blockers} says who stands in a request's way. A request that nobody blocks is granted;
 * any other waits in its key's queue, or as a waiting range, with a ticket. Whoever takes a lock or
 * a request away grants what became free: keys at once, ranges by waking their owner, who looks
 * again.
 *
 * <p>Deadlocks are looked for when an owner begins to wait, under all stripes, and only when
 * someone may be waiting for it. That shortcut is safe: queue heads are volatile, each owner
 * enqueues first and looks at the queues of its own locks second, so of two owners that close a
 * cycle together at least one sees the other's request (Dekker's argument).
 *
 * <p>Threads: all. Nothing here waits, or calls what waits, under a stripe. See
 * docs/adr/0007-transactions-on-one-shard.md.
 */
public final class LockTable {
  static final int STRIPE_BITS = 5;
  private static final int STRIPES = 1 << STRIPE_BITS;

  /** Above this many ranges of one owner in one index, they become one that spans them. */
  static final int RANGES_PER_OWNER_MAX = 64;

  static final RangeRequest[] NO_RANGES = {};

  private final Stripe[] stripes = new Stripe[STRIPES];
  private final AtomicLong tickets = new AtomicLong();
  private final Clock clock;
  private final DeadlockDetector detector;

  /** Held and waiting ranges. Replaced under all stripes. */
  private volatile RangeRequest[] ranges = NO_RANGES;

  private volatile String expired;

  public LockTable(Clock clock) {
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
    detector = new DeadlockDetector(stripes);
  }

  /**
   * Locks one key.
   *
   * @param timeoutNanos longest wait; 0 is no limit
   * @return {@code REFUSED} only when the policy is not {@code WAIT}
   * @throws DistDbException {@code DEADLOCK_DETECTED}, {@code LOCK_NOT_AVAILABLE} (time-out),
   *     {@code SERIALIZATION_FAILURE} (leadership lost), or what {@link LockClient#checkWait}
   *     throws; the lock is not held, the owner's others are
   */
  public LockAnswer lock(
      LockOwner owner,
      long space,
      Bytes key,
      LockStrength strength,
      WaitPolicy policy,
      long timeoutNanos) {
    checkTerm();
    boolean exclusive = strength == LockStrength.EXCLUSIVE;
    int hash = hash(space, key);
    Stripe stripe = stripe(hash);
    KeyRequest request;
    stripe.guard.lock();
    try {
      LockEntry entry = stripe.find(space, key, hash);
      if (entry == null && ranges == NO_RANGES) {
        stripe.add(space, key, hash).grant(owner, exclusive);
        return LockAnswer.GRANTED;
      }
      if (entry != null && joins(entry, owner, exclusive)) {
        return entry.grantOf(owner) == null ? share(entry, owner) : LockAnswer.HELD_ALREADY;
      }
      boolean ranged = owner.coversKey(space, key, false);
      if (ranged && (!exclusive || owner.coversKey(space, key, true))) {
        return LockAnswer.HELD_ALREADY;
      }
      if (entry == null) {
        entry = stripe.add(space, key, hash);
      }
      boolean upgrade = exclusive && (ranged || entry.grantOf(owner) != null);
      request = new KeyRequest(owner, entry, exclusive, upgrade);
      if (!Blockers.any(request, ranges)) {
        entry.grant(owner, exclusive);
        return LockAnswer.GRANTED;
      }
      if (policy != WaitPolicy.WAIT) {
        removeIfIdle(stripe, entry);
        return LockAnswer.REFUSED;
      }
      enqueue(request);
    } finally {
      stripe.guard.unlock();
    }
    if (mayBlockOthers(owner)) {
      breakDeadlocks(owner);
    }
    await(request, timeoutNanos);
    return LockAnswer.WAITED;
  }

  private void enqueue(KeyRequest request) {
    takePlace(request);
    request.entry.enqueue(request);
    request.owner.setWaiting(request);
  }

  private void takePlace(Request request) {
    request.ticket = tickets.incrementAndGet();
    request.sinceMicros = Math.max(1, clock.wallMicros());
  }

  /** Whether the request needs no look at queue or ranges: held already, or one more to share. */
  private boolean joins(LockEntry entry, LockOwner owner, boolean exclusive) {
    Grant mine = entry.grantOf(owner);
    if (mine != null) {
      return mine.exclusive || !exclusive;
    }
    return !exclusive
        && entry.queue == null
        && entry.holders != null
        && !entry.heldExclusively()
        && ranges == NO_RANGES;
  }

  private static LockAnswer share(LockEntry entry, LockOwner owner) {
    entry.grant(owner, false);
    return LockAnswer.GRANTED;
  }

  /**
   * Locks all keys within {@code range}, present or absent. Answers and errors as for a key.
   *
   * <p>Locks more when the owner has many ranges in the index already.
   */
  public LockAnswer lockRange(
      LockOwner owner,
      long space,
      KeyRange range,
      RangeMode mode,
      WaitPolicy policy,
      long timeoutNanos) {
    checkTerm();
    if (range.isEmpty()) {
      return LockAnswer.HELD_ALREADY;
    }
    RangeRequest request;
    lockAll();
    try {
      for (RangeRequest own = owner.ranges(); own != null; own = own.nextOwned) {
        if (own.covers(space, range, mode)) {
          return LockAnswer.HELD_ALREADY;
        }
      }
      request = RangeMerge.request(owner, space, range, mode);
      if (!Blockers.any(request, stripes, ranges)) {
        request.ticket = tickets.incrementAndGet();
        ranges = RangeMerge.with(ranges, request);
        hold(request);
        return LockAnswer.GRANTED;
      }
      if (policy != WaitPolicy.WAIT) {
        return LockAnswer.REFUSED;
      }
      takePlace(request);
      ranges = RangeMerge.with(ranges, request);
      owner.setWaiting(request);
      breakDeadlocks(owner);
    } finally {
      unlockAll();
    }
    await(request, timeoutNanos);
    return LockAnswer.WAITED;
  }

  /** Under all stripes: makes an unblocked range of the table a held one. */
  private void hold(RangeRequest request) {
    LockOwner owner = request.owner;
    request.state = Request.State.GRANTED;
    owner.setWaiting(null);
    ranges = RangeMerge.dropCovered(ranges, request);
    request.nextOwned = owner.ranges();
    owner.setRanges(request);
  }

  /** Lets all locks of {@code owner} go, and grants what becomes free. By the owner's thread. */
  public void releaseAll(LockOwner owner) {
    Invariant.check(owner.waiting() == null, "locks are released by an owner that waits for one");
    for (Grant grant = owner.grants(); grant != null; ) {
      Grant next = grant.nextOwned;
      LockEntry entry = grant.entry;
      Stripe stripe = stripe(entry.hash);
      stripe.guard.lock();
      try {
        entry.remove(grant);
        freed(stripe, entry);
      } finally {
        stripe.guard.unlock();
      }
      grant = next;
    }
    if (owner.ranges() != null) {
      lockAll();
      try {
        removeRanges(owner);
      } finally {
        unlockAll();
      }
    }
    owner.forgetAll();
  }

  /**
   * Leadership is lost, or the database is closing: nothing is locked here any more. Every wait
   * ends with {@code SERIALIZATION_FAILURE} and {@code reason}; so does every later request.
   */
  public void expire(String reason) {
    expired = reason;
    for (LockOwner owner : waiting()) {
      owner.wake();
    }
  }

  /** Owners that wait now, by ticket. For {@link #expire} and for tests. */
  List<LockOwner> waiting() {
    List<Request> found = new ArrayList<>();
    lockAll();
    try {
      for (Stripe stripe : stripes) {
        for (LockEntry head : stripe.buckets()) {
          for (LockEntry entry = head; entry != null; entry = entry.nextInBucket) {
            for (KeyRequest request = entry.queue; request != null; request = request.next) {
              found.add(request);
            }
          }
        }
      }
      for (RangeRequest range : ranges) {
        if (!range.held()) {
          found.add(range);
        }
      }
    } finally {
      unlockAll();
    }
    found.sort((a, b) -> Long.compare(a.ticket, b.ticket));
    return found.stream().map(request -> request.owner).toList();
  }

  /** Locked and wanted keys, and ranges. 0 when nobody holds anything. */
  public int size() {
    int size = 0;
    lockAll();
    try {
      for (Stripe stripe : stripes) {
        size += stripe.size();
      }
      return size + ranges.length;
    } finally {
      unlockAll();
    }
  }

  /** As {@link io.distdb.api.txn.TransactionManager#locks}. */
  public List<LockView> survey(int quietMax) {
    return LockSurvey.of(stripes, ranges, quietMax);
  }

  /** As {@link io.distdb.api.txn.TransactionManager#whileLocksRest}. */
  public void whileResting(Runnable look) {
    lockAll();
    try {
      look.run();
    } finally {
      unlockAll();
    }
  }

  /** Nothing, unless within {@link #whileResting}: a table of an earlier term has no deadlocks. */
  void visitBlockingParties(Request request, Consumer<LockParty> visitor) {
    if (stripes[0].guard.isHeldByCurrentThread() && request.state == Request.State.WAITING) {
      detector.visitParties(request, ranges, visitor);
    }
  }

  // --- waiting ---

  private void await(Request request, long timeoutNanos) {
    LockParty party = request.owner.party();
    if (party == null) {
      awaitAlone(request, timeoutNanos);
      return;
    }
    try {
      party.beginWait(new Waiting(this, request));
    } catch (DistDbException refused) {
      withdraw(request);
      party.endWait();
      throw refused;
    }
    try {
      awaitAlone(request, timeoutNanos);
    } finally {
      party.endWait();
    }
  }

  private void awaitAlone(Request request, long timeoutNanos) {
    LockOwner owner = request.owner;
    long deadline = timeoutNanos == 0 ? 0 : clock.nanoTime() + timeoutNanos;
    boolean inTime = true;
    try {
      while (!settled(request)) {
        checkTerm();
        owner.client().checkWait();
        if (!inTime) {
          throw new DistDbException(
                  ErrorCode.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout")
              .withDetail(owner + " waited for " + request.describe())
              .withHint("another transaction holds it; raise lock_timeout or try again");
        }
        long left = timeoutNanos == 0 ? Waiter.FOREVER : deadline - clock.nanoTime();
        inTime = left > 0 && owner.client().waiter().await(left);
      }
    } catch (DistDbException ended) {
      withdraw(request);
      throw ended;
    }
    if (request.state == Request.State.VICTIM) {
      throw new DistDbException(ErrorCode.DEADLOCK_DETECTED, request.verdict)
          .withHint("run the transaction again");
    }
  }

  /** A key is granted by whoever frees it; a range looks for itself. */
  private boolean settled(Request request) {
    if (request.state != Request.State.WAITING) {
      return true;
    }
    return switch (request) {
      case KeyRequest key -> false;
      case RangeRequest range -> {
        lockAll();
        try {
          if (range.state == Request.State.WAITING && !Blockers.any(range, stripes, ranges)) {
            hold(range);
          }
          yield range.state != Request.State.WAITING;
        } finally {
          unlockAll();
        }
      }
    };
  }

  /** The wait has ended with an error. A lock that was granted meanwhile stays, as any other. */
  private void withdraw(Request request) {
    switch (request) {
      case KeyRequest key -> {
        Stripe stripe = stripe(key.entry.hash);
        stripe.guard.lock();
        try {
          if (key.state == Request.State.WAITING) {
            takeOut(stripe, key);
          }
        } finally {
          stripe.guard.unlock();
        }
      }
      case RangeRequest range -> {
        lockAll();
        try {
          if (range.state == Request.State.WAITING) {
            removeWaiting(range);
          }
        } finally {
          unlockAll();
        }
      }
    }
  }

  private void takeOut(Stripe stripe, KeyRequest request) {
    request.entry.dequeue(request);
    request.owner.setWaiting(null);
    freed(stripe, request.entry);
  }

  // --- what becomes free ---

  /** Under the entry's stripe, after a holder or a waiter of it has gone. */
  private void freed(Stripe stripe, LockEntry entry) {
    if (entry.queue != null) {
      promote(entry);
    }
    for (RangeRequest range : ranges) {
      if (!range.held() && range.contains(entry.space, entry.key)) {
        range.owner.wake();
      }
    }
    removeIfIdle(stripe, entry);
  }

  private static void removeIfIdle(Stripe stripe, LockEntry entry) {
    if (entry.idle()) {
      stripe.remove(entry);
    }
  }

  private void promote(LockEntry entry) {
    KeyRequest request = entry.queue;
    while (request != null) {
      KeyRequest next = request.next;
      if (!Blockers.any(request, ranges)) {
        entry.dequeue(request);
        entry.grant(request.owner, request.exclusive);
        request.owner.setWaiting(null);
        request.state = Request.State.GRANTED;
        request.owner.wake();
      }
      request = next;
    }
  }

  /** Under all stripes: takes the owner's held ranges away. */
  private void removeRanges(LockOwner owner) {
    for (RangeRequest range = owner.ranges(); range != null; range = range.nextOwned) {
      ranges = RangeMerge.without(ranges, range);
    }
    owner.setRanges(null);
    promoteAll();
  }

  /** Under all stripes: takes a waiting range away. */
  private void removeWaiting(RangeRequest range) {
    range.owner.setWaiting(null);
    ranges = RangeMerge.without(ranges, range);
    promoteAll();
  }

  private void promoteAll() {
    for (Stripe stripe : stripes) {
      for (LockEntry head : stripe.buckets()) {
        for (LockEntry entry = head; entry != null; entry = entry.nextInBucket) {
          if (entry.queue != null) {
            promote(entry);
          }
        }
      }
    }
    for (RangeRequest range : ranges) {
      if (!range.held()) {
        range.owner.wake();
      }
    }
  }

  // --- deadlocks ---

  private boolean mayBlockOthers(LockOwner owner) {
    for (RangeRequest range : ranges) {
      if (!range.held() || range.owner == owner) {
        return true;
      }
    }
    for (Grant grant = owner.grants(); grant != null; grant = grant.nextOwned) {
      if (grant.entry.queue != null) {
        return true;
      }
    }
    return false;
  }

  private void breakDeadlocks(LockOwner start) {
    lockAll();
    try {
      while (start.waiting() != null) {
        List<LockOwner> cycle = detector.cycle(start, ranges);
        if (cycle.isEmpty()) {
          return;
        }
        sacrifice(cycle);
      }
    } finally {
      unlockAll();
    }
  }

  private void sacrifice(List<LockOwner> cycle) {
    LockOwner victim = DeadlockDetector.youngest(cycle);
    Request request = victim.waiting();
    request.verdict = DeadlockDetector.describe(cycle, victim);
    request.state = Request.State.VICTIM;
    switch (request) {
      case KeyRequest key -> takeOut(stripe(key.entry.hash), key);
      case RangeRequest range -> removeWaiting(range);
    }
    victim.wake();
  }

  // --- small parts ---

  private void checkTerm() {
    if (expired != null) {
      throw new DistDbException(ErrorCode.SERIALIZATION_FAILURE, expired);
    }
  }

  private static int hash(long space, Bytes key) {
    int hash = (key.hashCode() + Long.hashCode(space) * 31) * 0x9e3779b9;
    return hash ^ hash >>> 15;
  }

  private Stripe stripe(int hash) {
    return stripes[hash & STRIPES - 1];
  }

  private void lockAll() {
    for (Stripe stripe : stripes) {
      stripe.guard.lock();
    }
  }

  private void unlockAll() {
    for (Stripe stripe : stripes) {
      stripe.guard.unlock();
    }
  }
}
