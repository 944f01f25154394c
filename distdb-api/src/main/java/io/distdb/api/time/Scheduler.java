// SPDX-License-Identifier: MIT
package io.distdb.api.time;

/**
 * The only way to wait, to start a thread and to set a timer. In production these are the JDK's
 * threads; in simulation exactly one thread runs at a time, it holds the baton, and a wait passes
 * the baton on in an order that the seed decides.
 *
 * <p>So that both worlds work: JDK locks protect short sections only, within which nothing waits
 * through this port, forces a file, or sleeps.
 */
public interface Scheduler {
  /** A new place to wait. */
  Waiter newWaiter();

  /** Starts a thread. It ends when {@code body} returns; an uncaught throwable is logged. */
  Task start(String name, Runnable body);

  /**
   * As {@link #start}, for a body that waits most of its time, of which there may be thousands: a
   * thread that costs little while it waits, where there is such a kind.
   */
  default Task startLight(String name, Runnable body) {
    return start(name, body);
  }

  /**
   * Lets others run for a moment, if the thread is one that would not otherwise be made to: a light
   * thread keeps its processor until it waits. Costs a microsecond or so.
   */
  default void giveWay() {}

  /**
   * As {@link #giveWay}, and lets those run, too, whom a socket or a timer wakes: light threads
   * that only give way, as many as there are processors, are on again before these. Costs a wait of
   * some ten microseconds; for who computes long.
   */
  default void standBack() {}

  /**
   * Runs {@code action} once, {@code delayNanos} from now, on a thread of the scheduler; it must be
   * short and must not wait. Idle timers use no CPU.
   */
  Timer after(long delayNanos, String name, Runnable action);

  /** A thread that was started here. */
  interface Task {
    /** Waits until the body has returned. */
    void join();
  }

  /** A timer that was set here. */
  interface Timer {
    /** Stops it from running, unless it has started already. */
    void cancel();
  }

  /** Platform daemon threads and one lazily started timer thread. */
  static Scheduler threads() {
    return new ThreadScheduler();
  }
}
