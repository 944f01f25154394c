// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.api.time.Clock;

/**
 * The clocks of one node. They follow the world's time with a drift; the wall clock has a skew and
 * may jump. Setters are for the test, whenever it holds the baton or the world stands still.
 */
public final class SimulatedClock implements Clock {
  private static final long MILLION = 1_000_000;

  private final Kernel kernel;
  private final String name;
  private long wallBaseMicros;
  private long monotonicBaseNanos;
  private long baseTrueNanos;
  private int driftPerMillion;

  SimulatedClock(Kernel kernel, String name, long wallMicros, long monotonicNanos) {
    this.kernel = kernel;
    this.name = name;
    this.wallBaseMicros = wallMicros;
    this.monotonicBaseNanos = monotonicNanos;
    this.baseTrueNanos = kernel.nowNanos();
  }

  @Override
  public long wallMicros() {
    long wall = wall();
    kernel.traceIfRunning("wall", name, wall, 0);
    return wall;
  }

  @Override
  public long nanoTime() {
    long monotonic = monotonicBaseNanos + elapsed();
    kernel.traceIfRunning("nano", name, monotonic, 0);
    return monotonic;
  }

  /** Moves the wall clock, either way. */
  public void jump(long micros) {
    wallBaseMicros += micros;
    kernel.traceIfRunning("clock jumps", name, micros, 0);
  }

  /**
   * From now on both clocks run this much faster than true time.
   *
   * @param perMillion parts per million, above -1,000,000
   */
  public void drift(int perMillion) {
    if (perMillion <= -MILLION) {
      throw new IllegalArgumentException("drift " + perMillion + " would stop the clock");
    }
    wallBaseMicros = wall();
    monotonicBaseNanos += elapsed();
    baseTrueNanos = kernel.nowNanos();
    driftPerMillion = perMillion;
  }

  private long wall() {
    return wallBaseMicros + elapsed() / 1_000;
  }

  private long elapsed() {
    long elapsed = kernel.nowNanos() - baseTrueNanos;
    return elapsed
        + elapsed / MILLION * driftPerMillion
        + elapsed % MILLION * driftPerMillion / MILLION;
  }

  /** The least true time in which this clock moves on by {@code nanos}. */
  long toTrueNanos(long nanos) {
    if (driftPerMillion == 0 || nanos <= 0) {
      return nanos;
    }
    double exact = (double) nanos * MILLION / (MILLION + driftPerMillion);
    return (long) Math.ceil(exact) + 1;
  }
}
