// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.SimulatedCrash;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The queue, the baton and time.
 *
 * <p><b>Idea.</b> Exactly one fiber holds the baton. When it waits, is preempted or ends, it picks
 * the successor in its own thread ({@link #chooseNext}): first all events that are due, in order of
 * (time, sequence), then one of the runnable fibers as the seed says; if there is none, time moves
 * to the next event. It hands the baton over directly, so a turn costs one switch of threads, and
 * none when it picks itself. The driver (the thread that called {@link #drive}) gets the baton back
 * when its main fiber has ended or something failed.
 *
 * <p><b>Why it is safe.</b> All state here is touched by the holder alone; handing over goes
 * through a volatile write and its read, so the next holder sees everything. After {@link
 * Fiber#resume} the old holder touches nothing but its own {@link Fiber#pause}.
 *
 * <p><b>Cost.</b> Real locks are invisible here: a fiber that gives up the baton while it holds a
 * JDK lock that another one then wants stops the world. The driver watches for that.
 */
final class Kernel {
  /** A thread that got this many SimulatedCrashes and still calls is abandoned. */
  private static final int CRASHES_PER_FIBER_MAX = 1_000;

  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final long seed;
  private final SimulationOptions options;
  private final SeededRandom random;
  private final Trace trace = new Trace();
  private final TreeSet<Event> events = new TreeSet<>();
  private final List<Fiber> runnable = new ArrayList<>();
  private final List<Fiber> living = new ArrayList<>();
  private long nowNanos;
  private long sequence;
  private long fibersStarted;
  private Fiber current;
  private Fiber main;
  private boolean inEvent;
  private volatile Throwable failure;
  private String failureReason;
  private volatile long steps;
  private volatile Thread driver;
  private volatile boolean driverHoldsBaton = true;

  Kernel(long seed, SimulationOptions options) {
    this.seed = seed;
    this.options = options;
    this.random = new SeededRandom(seed).fork("scheduler");
  }

  SimulationOptions options() {
    return options;
  }

  Trace trace() {
    return trace;
  }

  long nowNanos() {
    return nowNanos;
  }

  long steps() {
    return steps;
  }

  /** Adds to the trace, unless the test prepares or inspects the world between two runs. */
  void traceIfRunning(String kind, String subject, long first, long second) {
    if (!driverHoldsBaton) {
      requireSimulatedThread(kind);
      trace.add(nowNanos, kind, subject, first, second);
    }
  }

  // ---- fibers

  Fiber start(SimulatedProcess process, String name, Runnable body) {
    requireHolder("start a thread");
    requireAlive(process);
    Fiber fiber = new Fiber(fibersStarted++, name, process, self -> live(self, body));
    fiber.priority(random.nextLong());
    living.add(fiber);
    runnable.add(fiber);
    traceIfRunning("start", fiber.name(), fiber.number(), 0);
    fiber.thread().start();
    return fiber;
  }

  private void live(Fiber self, Runnable body) {
    self.pause();
    Throwable thrown = null;
    try {
      if (self.process().isAlive()) {
        body.run();
      }
    } catch (Throwable any) {
      // Whatever ended the thread is judged in end(); the baton must go on in every case.
      thrown = any;
    }
    end(self, thrown);
  }

  private void end(Fiber self, Throwable thrown) {
    self.state(Fiber.State.ENDED);
    living.remove(self);
    trace.add(nowNanos, "end", self.name(), self.number(), thrown == null ? 0 : 1);
    for (Fiber joiner : self.joiners()) {
      wake(joiner);
    }
    if (thrown != null && self.process().isAlive()) {
      fail("thread " + self + " ended with " + thrown, thrown);
    }
    current = null;
    handOver(chooseNext());
  }

  void join(Fiber target) {
    if (target.state() == Fiber.State.ENDED) {
      return;
    }
    Fiber self = requireFiber("join " + target.name());
    while (target.state() != Fiber.State.ENDED) {
      target.joiners().add(self);
      block(self, self.process(), false);
    }
  }

  /**
   * Waits until something wakes the fiber; the caller looks why.
   *
   * @param within the process whose port it waits in: its death ends the wait
   */
  void block(Fiber self, SimulatedProcess within, boolean interruptible) {
    self.state(Fiber.State.WAITING);
    self.waitsWithin(within, interruptible);
    giveUp(self);
    requireAlive(within);
    requireAlive(self.process());
  }

  void wake(Fiber fiber) {
    if (fiber.state() == Fiber.State.WAITING) {
      fiber.state(Fiber.State.RUNNABLE);
      runnable.add(fiber);
    }
  }

  /** The current fiber sleeps; {@code nanos} is true time. */
  void sleep(long nanos, String why) {
    Fiber self = requireFiber(why);
    sleep(self, self.process(), nanos, why);
  }

  private void sleep(Fiber self, SimulatedProcess within, long nanos, String why) {
    requireAlive(within);
    boolean[] over = new boolean[1];
    schedule(
        nanos,
        within,
        why,
        () -> {
          over[0] = true;
          wake(self);
        });
    while (!over[0]) {
      block(self, within, false);
    }
  }

  /** Perhaps lets others run first. Does nothing outside of a simulated thread. */
  void preempt() {
    if (driverHoldsBaton || inEvent) {
      return;
    }
    Fiber self = requireFiber("preempt");
    requireAlive(self.process());
    if (random.chance(options.preemptProbability())) {
      self.state(Fiber.State.RUNNABLE);
      runnable.add(self);
      giveUp(self);
      requireAlive(self.process());
    }
  }

  /** A force lasts; others run meanwhile. */
  void forceTakesTime(SimulatedProcess process) {
    if (driverHoldsBaton) {
      return;
    }
    long nanos = random.between(options.forceNanosMin(), options.forceNanosMax());
    boolean slow = random.chance(options.slowForceProbability());
    Fiber self = requireFiber("force a file");
    sleep(self, process, slow ? nanos * 100 : nanos, "force of " + process.name());
  }

  void preemptWrite() {
    if (options.preemptWrites()) {
      preempt();
    }
  }

  private void giveUp(Fiber self) {
    current = null;
    Fiber next = chooseNext();
    if (next == self) {
      become(self);
      return;
    }
    handOver(next);
    self.pause();
  }

  private void handOver(Fiber next) {
    if (next == null) {
      driverHoldsBaton = true;
      LockSupport.unpark(driver);
    } else {
      become(next);
      next.resume();
    }
  }

  private void become(Fiber next) {
    runnable.remove(next);
    next.state(Fiber.State.RUNNING);
    current = next;
  }

  // ---- time and order

  Event schedule(long delayNanos, SimulatedProcess process, String name, Runnable action) {
    requireHolder("set a timer");
    requireAlive(process);
    long delay = Math.max(0, delayNanos);
    long time = delay > Long.MAX_VALUE - nowNanos ? Long.MAX_VALUE : nowNanos + delay;
    Event event = new Event(time, sequence++, process, name, action);
    events.add(event);
    return event;
  }

  void cancel(Event event) {
    events.remove(event);
  }

  /** The next fiber to run, or null when the driver is to go on. */
  private Fiber chooseNext() {
    while (failure == null && main.state() != Fiber.State.ENDED) {
      wakeInterrupted();
      if (!events.isEmpty() && events.first().timeNanos() <= nowNanos) {
        happen(events.pollFirst());
        continue;
      }
      Fiber next = pick();
      if (next != null) {
        takeTurn(next);
        return next;
      }
      if (events.isEmpty()) {
        fail("every thread waits and no timer is set", new SimulationDeadlock());
      } else {
        nowNanos = events.first().timeNanos();
      }
    }
    return null;
  }

  private void takeTurn(Fiber next) {
    long step = steps + 1;
    steps = step;
    nowNanos += options.stepNanos();
    trace.add(nowNanos, "run", next.name(), next.number(), runnable.size());
    if (step == options.stepsMax()) {
      fail(step + " turns without an end", new SimulationDeadlock());
    }
  }

  private Fiber pick() {
    List<Fiber> eligible = runnable;
    if (anyPaused()) {
      eligible =
          runnable.stream()
              .filter(fiber -> fiber.process().pausedUntilNanos() <= nowNanos)
              .toList();
    }
    if (eligible.isEmpty()) {
      return null;
    }
    if (!options.byPriority()) {
      return random.pick(eligible);
    }
    Fiber best = eligible.get(0);
    for (Fiber fiber : eligible) {
      if (fiber.priority() > best.priority()) {
        best = fiber;
      }
    }
    if (random.chance(0.03)) {
      best.priority(random.nextLong());
    }
    return best;
  }

  private boolean anyPaused() {
    for (Fiber fiber : runnable) {
      if (fiber.process().pausedUntilNanos() > nowNanos) {
        return true;
      }
    }
    return false;
  }

  private void wakeInterrupted() {
    for (Fiber fiber : living) {
      if (fiber.isInterruptedWait()) {
        wake(fiber);
      }
    }
  }

  private void happen(Event event) {
    SimulatedProcess process = event.process();
    if (!process.isAlive()) {
      return;
    }
    if (process.pausedUntilNanos() > nowNanos) {
      event.timeNanos(process.pausedUntilNanos());
      events.add(event);
      return;
    }
    trace.add(nowNanos, "event", event.name(), event.sequence(), 0);
    inEvent = true;
    try {
      event.action().run();
    } catch (Throwable thrown) {
      // An event runs in a stranger's thread: its failure is the world's, not that thread's.
      if (process.isAlive()) {
        fail("timer " + event.name() + " of " + process.name() + " ended with " + thrown, thrown);
      }
    } finally {
      inEvent = false;
    }
  }

  // ---- life and death

  void kill(SimulatedProcess process, String cause) {
    if (!process.isAlive()) {
      return;
    }
    process.die(cause);
    traceIfRunning("kill", process.name(), 0, 0);
    for (Fiber fiber : living) {
      if (fiber.process() == process || fiber.isWithin(process)) {
        wake(fiber);
      }
    }
    events.removeIf(event -> event.process() == process);
  }

  void pause(SimulatedProcess process, long nanos) {
    process.pauseUntil(nowNanos + nanos);
    schedule(nanos, process, "pause of " + process.name() + " ends", () -> {});
  }

  void requireAlive(SimulatedProcess process) {
    if (process.isAlive()) {
      return;
    }
    Fiber self = current;
    if (!inEvent && self != null && self.countCrash() > CRASHES_PER_FIBER_MAX) {
      abandon(self);
    }
    throw new SimulatedCrash(process.name() + ": " + process.deathCause());
  }

  private void abandon(Fiber self) {
    fail(
        self + " caught SimulatedCrash " + CRASHES_PER_FIBER_MAX + " times and goes on",
        new IllegalStateException("an Error was caught to go on"));
    self.state(Fiber.State.ENDED);
    living.remove(self);
    current = null;
    handOver(null);
    self.pause();
  }

  private void fail(String reason, Throwable cause) {
    if (failure == null) {
      failureReason = reason;
      failure = cause;
    }
  }

  // ---- who may call

  boolean isInSimulatedThread() {
    return !driverHoldsBaton && !inEvent;
  }

  /** The running fiber; waiting is for fibers only. */
  Fiber requireFiber(String what) {
    requireHolder(what);
    if (inEvent) {
      throw new IllegalStateException("a timer's action must not wait: " + what);
    }
    if (current == null) {
      throw new IllegalStateException(
          "only a simulated thread may " + what + "; start it in SimulatedWorld.run");
    }
    return current;
  }

  /** The running fiber's thread, or, while the world stands still, any thread. */
  void requireHolder(String what) {
    if (!driverHoldsBaton) {
      requireSimulatedThread(what);
    }
  }

  private void requireSimulatedThread(String what) {
    Fiber self = current;
    if (!inEvent && (self == null || self.thread() != Thread.currentThread())) {
      throw new IllegalStateException(
          "thread "
              + Thread.currentThread().getName()
              + " is none of the simulation's and must not "
              + what);
    }
  }

  // ---- the driver

  /** Runs the world until {@code newMain} has ended. In the test's own thread. */
  void drive(Fiber newMain) {
    if (!driverHoldsBaton || failure != null) {
      throw new IllegalStateException("the world runs already, or has failed");
    }
    driver = Thread.currentThread();
    main = newMain;
    goOn();
    if (failure != null) {
      throw new SimulationFailure(describe(failureReason), failure);
    }
  }

  private void goOn() {
    driverHoldsBaton = false;
    handOver(chooseNext());
    awaitBaton();
  }

  private void awaitBaton() {
    long seen = steps;
    long since = System.nanoTime();
    boolean interrupted = false;
    while (!driverHoldsBaton) {
      LockSupport.parkNanos(this, WATCH_NANOS);
      interrupted |= Thread.interrupted();
      if (steps != seen) {
        seen = steps;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(options.stuckSeconds())) {
        fail(
            "no turn for "
                + options.stuckSeconds()
                + " real seconds: does a thread wait within a JDK lock, or spin?",
            new SimulationDeadlock());
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills everything and lets it unwind. The world is of no use afterwards. */
  void close(List<SimulatedProcess> processes) {
    if (driverHoldsBaton) {
      driver = Thread.currentThread();
      failure = null;
      processes.forEach(process -> kill(process, "the world ended"));
      while (!living.isEmpty() && failure == null) {
        Fiber last = living.get(living.size() - 1);
        main = last;
        wake(last);
        goOn();
      }
    }
    trace.close();
  }

  private String describe(String reason) {
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(seed).append(", at ").append(nowNanos).append(" ns: ");
    text.append(reason).append("\nlast events:\n");
    for (String line : trace.recent()) {
      text.append("  ").append(line).append('\n');
    }
    text.append("threads:\n");
    for (Fiber fiber : living) {
      text.append("  ").append(fiber).append(' ').append(fiber.state()).append('\n');
      for (StackTraceElement frame : fiber.thread().getStackTrace()) {
        text.append("      at ").append(frame).append('\n');
      }
    }
    return text.toString();
  }

  /** The cause of a failure that no exception caused. */
  private static final class SimulationDeadlock extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    SimulationDeadlock() {
      super("the simulation cannot go on");
    }
  }
}
