// SPDX-License-Identifier: MIT
package io.distdb.api.time;

/**
 * A place for one thread to wait for a signal, as a binary semaphore does: a signal that comes
 * first is kept, two signals before a wait count once.
 *
 * <p>One thread waits; any thread signals. Reusable. A signal means "look again": the waiter checks
 * its own condition. What the signaller wrote before {@link #signal} is visible after the wait.
 */
public interface Waiter {
  /** Waits without limit. */
  long FOREVER = Long.MAX_VALUE;

  /**
   * Waits for a signal, at most {@code timeoutNanos}.
   *
   * @return false when the time ran out first
   * @throws io.distdb.api.error.DistDbException {@code QUERY_CANCELED}: the thread was interrupted;
   *     its interrupt status stays set
   */
  boolean await(long timeoutNanos);

  /**
   * As {@link #await}, for waits whose outcome must be known (a commit on its way to the disk): an
   * interrupt is kept for later.
   */
  boolean awaitUninterruptibly(long timeoutNanos);

  /** Wakes the waiting thread, or lets its next wait return at once. Never blocks. */
  void signal();
}
