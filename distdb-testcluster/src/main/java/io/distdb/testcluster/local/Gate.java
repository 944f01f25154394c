// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.testkit.SimulatedCrash;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What makes one life of a node stoppable. Its threads come through here at every call of a port:
 * when a wait ends, a clock is read, a disk is used, a thread or a timer begins. While the gate is
 * shut they stand here, as those of a stopped process do; once the node is gone they end here.
 *
 * <p>The node's own threads end with a {@link SimulatedCrash}, from which nothing recovers. Threads
 * of the program that runs statements in this node go on with a DistDbException: to them the
 * connection is lost.
 */
final class Gate {
  private enum State {
    OPEN,
    SHUT,
    GONE
  }

  private static final ThreadLocal<Gate> OF_THREAD = new ThreadLocal<>();

  private final String node;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile State state = State.OPEN;

  Gate(String node) {
    this.node = node;
  }

  /**
   * Stands here while the gate is shut.
   *
   * @throws SimulatedCrash in a thread of the node: the node is gone
   * @throws DistDbException in any other: {@code COMMIT_OUTCOME_UNKNOWN}
   */
  void pass() {
    if (state != State.OPEN) {
      standHere();
    }
  }

  private void standHere() {
    lock.lock();
    try {
      while (state == State.SHUT) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (state == State.GONE) {
      throw OF_THREAD.get() == this ? new SimulatedCrash(node + " was killed") : lost();
    }
  }

  private Error lost() {
    throw new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            node + " was killed while it ran this: what was to be changed may or may not be")
        .withHint("Look for what it should have done before it is done again.");
  }

  /** Runs {@code body} in a new thread, as one of the node's. */
  void enter(Runnable body) {
    OF_THREAD.set(this);
    try {
      pass();
      body.run();
    } catch (RuntimeException | Error thrown) {
      // What threads of a node that is gone meet while they end is nobody's.
      if (state != State.GONE) {
        throw thrown;
      }
    } finally {
      OF_THREAD.remove();
    }
  }

  /** Waits at {@code waiter}, where the end of the node wakes it. */
  boolean waitAt(Waiter waiter, boolean interruptible, long timeoutNanos) {
    waiting.add(waiter);
    boolean signalled;
    try {
      pass();
      signalled =
          interruptible ? waiter.await(timeoutNanos) : waiter.awaitUninterruptibly(timeoutNanos);
    } finally {
      waiting.remove(waiter);
    }
    pass();
    return signalled;
  }

  /** Nobody passes until it is opened. */
  void shut() {
    change(State.SHUT);
  }

  void open() {
    change(State.OPEN);
  }

  /** Whoever is here, and comes here from now on, ends. */
  void vanish() {
    change(State.GONE);
    waiting.forEach(Waiter::signal);
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isGone() {
    return state == State.GONE;
  }

  private void change(State next) {
    lock.lock();
    try {
      if (state != State.GONE) {
        state = next;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
