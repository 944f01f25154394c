// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

/** One life of a node, or the test itself: what dies together. */
final class SimulatedProcess {
  private final String name;
  private final SimulatedClock clock;
  private String deathCause;
  private long pausedUntilNanos;

  SimulatedProcess(String name, SimulatedClock clock) {
    this.name = name;
    this.clock = clock;
  }

  String name() {
    return name;
  }

  SimulatedClock clock() {
    return clock;
  }

  boolean isAlive() {
    return deathCause == null;
  }

  String deathCause() {
    return deathCause;
  }

  void die(String cause) {
    deathCause = cause;
    pausedUntilNanos = 0;
  }

  long pausedUntilNanos() {
    return pausedUntilNanos;
  }

  void pauseUntil(long trueNanos) {
    pausedUntilNanos = Math.max(pausedUntilNanos, trueNanos);
  }
}
