// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.Session;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Idle sessions, so that a call finds one without a lock.
 *
 * <p>A thread looks in the slot of its own id and swaps the session out; back goes it the same way.
 * One thread alone therefore always gets the session it used last, whose statements are prepared
 * and whose memory is in its cache. Threads that share a slot, and calls nested within open
 * results, spill into one queue; sessions beyond {@link #SPILLED_MAX} are closed. Slots are a cache
 * line apart.
 */
final class SessionPool implements Leases {
  private static final int SLOTS = 64;
  private static final int STRIDE = 16;
  private static final int SPILLED_MAX = 256;

  private final Supplier<Session> sessions;
  private final AtomicReferenceArray<Lease> slots =
      new AtomicReferenceArray<>((SLOTS + 1) * STRIDE);
  private final ConcurrentLinkedQueue<Lease> spilled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger spilledCount = new AtomicInteger();
  private volatile boolean closed;

  SessionPool(Supplier<Session> sessions) {
    this.sessions = sessions;
  }

  @Override
  public Lease take() {
    Lease lease = slots.getAndSet(slot(), null);
    return lease != null ? lease : takeSpilledOrNew();
  }

  @Override
  public void checkOpen() {
    if (closed) {
      throw new DistDbException(ErrorCode.CONNECTION_CLOSED, "the client is closed");
    }
  }

  private Lease takeSpilledOrNew() {
    checkOpen();
    Lease lease = spilled.poll();
    if (lease != null) {
      spilledCount.decrementAndGet();
      return lease;
    }
    return new Lease(this, sessions.get());
  }

  @Override
  public void giveBack(Lease lease) {
    int slot = slot();
    if (closed) {
      lease.discard();
    } else if (slots.getPlain(slot) != null || !slots.compareAndSet(slot, null, lease)) {
      spill(lease);
    } else if (closed && slots.compareAndSet(slot, lease, null)) {
      lease.discard();
    }
  }

  private void spill(Lease lease) {
    if (spilledCount.incrementAndGet() <= SPILLED_MAX) {
      spilled.add(lease);
    } else {
      spilledCount.decrementAndGet();
      lease.discard();
    }
  }

  private static int slot() {
    return ((int) Thread.currentThread().threadId() & (SLOTS - 1)) * STRIDE + STRIDE;
  }

  /** Empties the pool; sessions that are out are closed when they come back. */
  @Override
  public void close() {
    closed = true;
    for (int i = 0; i < slots.length(); i++) {
      Lease lease = slots.getAndSet(i, null);
      if (lease != null) {
        lease.discard();
      }
    }
    for (Lease lease = spilled.poll(); lease != null; lease = spilled.poll()) {
      lease.discard();
    }
  }
}
