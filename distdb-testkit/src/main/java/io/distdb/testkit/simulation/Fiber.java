// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A simulated thread: a virtual thread that runs only while it holds the baton. All fields but the
 * volatile ones belong to whoever holds the baton.
 */
final class Fiber {
  enum State {
    RUNNABLE,
    RUNNING,
    WAITING,
    ENDED
  }

  private final long number;
  private final String name;
  private final SimulatedProcess process;
  private final Thread thread;
  private final List<Fiber> joiners = new ArrayList<>();
  private State state = State.RUNNABLE;
  private SimulatedProcess within;
  private boolean interruptible;
  private long priority;
  private int crashesThrown;
  private volatile boolean holdsBaton;
  private volatile boolean interruptNoticed;

  Fiber(long number, String name, SimulatedProcess process, FiberBody body) {
    this.number = number;
    this.name = name;
    this.process = process;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> body.run(this));
  }

  /** What the thread does, from its first wait for the baton on. */
  interface FiberBody {
    void run(Fiber self);
  }

  long number() {
    return number;
  }

  String name() {
    return name;
  }

  SimulatedProcess process() {
    return process;
  }

  Thread thread() {
    return thread;
  }

  State state() {
    return state;
  }

  void state(State newState) {
    state = newState;
  }

  List<Fiber> joiners() {
    return joiners;
  }

  long priority() {
    return priority;
  }

  void priority(long newPriority) {
    priority = newPriority;
  }

  void waitsWithin(SimulatedProcess process, boolean isInterruptible) {
    within = process;
    interruptible = isInterruptible;
  }

  /** Whether it waits in a port of {@code process}. */
  boolean isWithin(SimulatedProcess process) {
    return state == State.WAITING && within == process;
  }

  int countCrash() {
    return ++crashesThrown;
  }

  /** Whether it waits and should be woken to hear of an interrupt. */
  boolean isInterruptedWait() {
    // Read in the order opposite to pause(), which sets the one before it clears the other.
    return state == State.WAITING && interruptible && (thread.isInterrupted() || interruptNoticed);
  }

  /** Hands the baton to this fiber; the caller must touch nothing shared afterwards. */
  void resume() {
    holdsBaton = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the baton, in this fiber's own thread; its interrupt status is kept. */
  void pause() {
    while (!holdsBaton) {
      LockSupport.park(this);
      if (thread.isInterrupted()) {
        interruptNoticed = true;
        Thread.interrupted();
      }
    }
    holdsBaton = false;
    if (interruptNoticed) {
      interruptNoticed = false;
      thread.interrupt();
    }
  }

  @Override
  public String toString() {
    return name + "#" + number + " of " + process.name();
  }
}
