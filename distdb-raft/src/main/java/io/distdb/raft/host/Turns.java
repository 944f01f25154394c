// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/**
 * Who does the work of a host, and when. It is done in turns, by one thread at a time: a caller who
 * waits for what it asks does it itself if nobody else is at it, and with it what has come
 * meanwhile, until it has its answer or nothing is left; who does not wait does a turn that has
 * nothing else in it; all else is the thread's of the host. To hand a proposal to another thread
 * and the answer back costs more here than the turn.
 */
final class Turns {
  /** What is done in a turn. Its methods are called by whoever has the turn. */
  interface Work {
    /**
     * @param ends this is the last one
     * @return false: there is no other, and {@link Turns#end} was called
     */
    boolean turn(ArrayDeque<Runnable> asked, boolean ends);

    /** When there is to be another turn, if nothing comes before; of {@link Clock#nanoTime}. */
    long nextTurnAt();
  }

  private static final BooleanSupplier AFTER_ONE = () -> true;

  private final Work host;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Waiter wake;

  private final Object lock = new Object();
  private ArrayDeque<Runnable> inbox = new ArrayDeque<>();
  private boolean started;
  private boolean busy;
  private boolean closed;
  private boolean ended;

  /** The thread of the host is on its way to take a turn. */
  private boolean woken;

  /** When there is to be a turn although nothing comes. */
  private long turnAt;

  /** When the thread of the host looks, unless it is woken. */
  private long looksAt = Long.MAX_VALUE;

  private Scheduler.Task thread;

  Turns(Work host, Scheduler scheduler, Clock clock) {
    this.host = host;
    this.scheduler = scheduler;
    this.clock = clock;
    wake = scheduler.newWaiter();
  }

  /** Takes callers from now on. */
  void open() {
    synchronized (lock) {
      started = true;
      turnAt = clock.nanoTime();
    }
  }

  void start() {
    thread = scheduler.start("distdb-raft", this::run);
  }

  /** Something to be done that nobody waits for; false: it will not be. */
  boolean add(Runnable work) {
    boolean wakes;
    synchronized (lock) {
      if (closed) {
        return false;
      }
      wakes = leaveToHost(work);
    }
    if (wakes) {
      wake.signal();
    }
    return true;
  }

  /** Within the lock; whether its thread is to be woken. */
  private boolean leaveToHost(Runnable work) {
    inbox.add(work);
    boolean wakes = !busy && !woken;
    woken |= wakes;
    return wakes;
  }

  /**
   * As {@link #ask}, of a caller that does not wait: what can be done at once is done by it, but no
   * more than one turn, and none that would be due without it.
   *
   * @param atOnce the work need not wait for company
   */
  boolean request(Runnable work, boolean atOnce) {
    boolean mine;
    boolean wakes = false;
    synchronized (lock) {
      if (!started || closed) {
        return false;
      }
      mine = atOnce && !busy && inbox.isEmpty() && clock.nanoTime() < turnAt;
      if (mine) {
        inbox.add(work);
        busy = true;
      } else {
        wakes = leaveToHost(work);
      }
    }
    if (mine) {
      takeTurns(AFTER_ONE);
    } else if (wakes) {
      wake.signal();
    }
    return true;
  }

  /** Something that the calling thread waits for; false: it will not be done. */
  boolean ask(Runnable work, Pending caller) {
    boolean mine;
    synchronized (lock) {
      if (!started || closed) {
        return false;
      }
      inbox.add(work);
      mine = !busy;
      busy = true;
    }
    if (mine) {
      takeTurns(caller::isDone);
    }
    return true;
  }

  /** Nothing is taken any more; what was not done yet. Called by who has the turn. */
  ArrayDeque<Runnable> end() {
    synchronized (lock) {
      closed = true;
      ArrayDeque<Runnable> late = inbox;
      inbox = new ArrayDeque<>();
      return late;
    }
  }

  /** Waits until the last turn is over. */
  void close() {
    synchronized (lock) {
      closed = true;
    }
    wake.signal();
    if (thread != null) {
      thread.join();
    }
  }

  private void run() {
    while (true) {
      long nanos;
      synchronized (lock) {
        if (ended) {
          return;
        }
        // Who is at it wakes this thread when it is time for another turn.
        looksAt = busy ? Long.MAX_VALUE : turnAt;
        nanos = busy ? Waiter.FOREVER : Math.max(0, turnAt - clock.nanoTime());
      }
      wake.awaitUninterruptibly(nanos);
      if (take()) {
        takeTurns(null);
      }
    }
  }

  private boolean take() {
    synchronized (lock) {
      woken = false;
      boolean free = !busy && !ended;
      busy |= free;
      return free;
    }
  }

  /**
   * @param served whether the caller whose thread this is has what it wants; null: the thread is
   *     that of the host, which goes on until nothing is left
   */
  private void takeTurns(BooleanSupplier served) {
    boolean goesOn = true;
    while (goesOn) {
      ArrayDeque<Runnable> work;
      boolean ends;
      synchronized (lock) {
        work = inbox;
        inbox = new ArrayDeque<>();
        ends = closed;
      }
      boolean inOrder = false;
      try {
        goesOn = host.turn(work, ends);
        inOrder = goesOn;
      } finally {
        if (!inOrder) {
          end(served != null);
        }
      }
      goesOn = goesOn && !leave(served);
    }
  }

  private void end(boolean byCaller) {
    synchronized (lock) {
      ended = true;
      closed = true;
    }
    if (byCaller) {
      wake.signal();
    }
  }

  /** Lets others have the turn, unless there is something left to do. */
  private boolean leave(BooleanSupplier served) {
    boolean wakes;
    synchronized (lock) {
      boolean more = !inbox.isEmpty() || closed;
      if (more && (served == null || !served.getAsBoolean())) {
        return false;
      }
      busy = false;
      turnAt = host.nextTurnAt();
      wakes = served != null && (more || turnAt < looksAt);
    }
    if (wakes) {
      wake.signal();
    }
    return true;
  }
}
