// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.api.time.Scheduler;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Everything random in one place: a seed decides who runs next, how long a force takes, what a
 * crash leaves. One simulated thread runs at a time, time moves when none can run, and equal seeds
 * give equal traces in every JVM.
 *
 * <pre>{@code
 * try (SimulatedWorld world = new SimulatedWorld(seed)) {
 *   SimulatedNode node = world.node("n1");
 *   world.run(() -> {
 *     Scheduler.Task session = node.scheduler().start("session", () -> work(node.disk()));
 *     session.join();
 *     node.crash(CrashMode.REORDERED);
 *     node.scheduler().start("recovery", () -> check(node.disk())).join();
 *   });
 *   return world.traceHash();
 * }
 * }</pre>
 *
 * <p>{@link #run} and {@link #close} are called by the test's own thread; the rest by the holder of
 * the baton or while the world stands still.
 */
public final class SimulatedWorld implements AutoCloseable {
  /** 2026-01-01T00:00:00Z. */
  private static final long EPOCH_MICROS = 1_767_225_600_000_000L;

  private final Kernel kernel;
  private final SeededRandom random;
  private final SimulatedProcess outside;
  private final TreeMap<String, SimulatedNode> nodes = new TreeMap<>();

  public SimulatedWorld(long seed) {
    this(seed, SimulationOptions.of(seed));
  }

  public SimulatedWorld(long seed, SimulationOptions options) {
    this.random = new SeededRandom(seed);
    this.kernel = new Kernel(seed, options);
    this.outside =
        new SimulatedProcess("test", new SimulatedClock(kernel, "test", EPOCH_MICROS, 0));
  }

  public long seed() {
    return random.seed();
  }

  /** Random numbers for the test, a stream for each label. */
  public SeededRandom random(String label) {
    return random.fork("test " + label);
  }

  /** The node of this name, made at its first mention with an empty disk. */
  public SimulatedNode node(String name) {
    kernel.requireHolder("make a node");
    return nodes.computeIfAbsent(name, this::newNode);
  }

  private SimulatedNode newNode(String name) {
    SeededRandom fate = random.fork("node " + name);
    long skewMicros = fate.chance(0.5) ? 0 : fate.between(-5_000_000, 5_000_000);
    long monotonicNanos = fate.between(-1_000_000_000_000L, 1_000_000_000_000L);
    SimulatedClock clock =
        new SimulatedClock(kernel, name, EPOCH_MICROS + skewMicros, monotonicNanos);
    return new SimulatedNode(kernel, name, clock, new SimulatedDisk(fate.fork("disk").seed()));
  }

  /** A scheduler that belongs to no node: its threads outlive every crash. */
  public Scheduler scheduler() {
    return new SimulatedScheduler(kernel, outside);
  }

  /**
   * Runs {@code main} as a simulated thread of no node, and everything it starts, until it ends.
   * Other threads then stand still until the next run.
   *
   * @throws SimulationFailure a thread of a living process ended with a throwable, which is the
   *     cause; or all wait for ever; or the world is stuck. The world is then of no use
   */
  public void run(Runnable main) {
    kernel.drive(kernel.start(outside, "main", main));
  }

  /** As {@link #run}, with a result. */
  public <T> T call(Supplier<T> main) {
    List<T> result = new ArrayList<>(1);
    run(() -> result.add(main.get()));
    return result.get(0);
  }

  /** The calling simulated thread sleeps, in true time. */
  public void sleep(long nanos) {
    kernel.sleep(nanos, "sleep");
  }

  /**
   * A point at which the calling thread may be set aside for others; it must hold no lock. Does
   * nothing outside of simulated threads.
   */
  public void preempt() {
    kernel.preempt();
  }

  /** True time since the world began. */
  public long nowNanos() {
    return kernel.nowNanos();
  }

  /** Turns that threads have had. */
  public long steps() {
    return kernel.steps();
  }

  /** Adds to the trace what the test itself saw or did. */
  public void trace(String kind, String subject, long number) {
    kernel.traceIfRunning(kind, subject, number, 0);
  }

  public Trace trace() {
    return kernel.trace();
  }

  public long traceHash() {
    return kernel.trace().hash();
  }

  /** Ends every thread that is left. */
  @Override
  public void close() {
    List<SimulatedProcess> processes = new ArrayList<>();
    nodes.values().forEach(node -> processes.add(node.process()));
    processes.add(outside);
    kernel.close(processes);
  }
}
