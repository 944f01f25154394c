// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** One life of a node, or the test itself: what dies together. */
final class SimulatedProcess {
  private final String name;
  private final SimulatedClock clock;
  private final List<Runnable> watchers = new ArrayList<>();
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
    watchers.forEach(Runnable::run);
  }

  void whenDead(Runnable watcher) {
    watchers.add(watcher);
  }

  long pausedUntilNanos() {
    return pausedUntilNanos;
  }

  void pauseUntil(long trueNanos) {
    pausedUntilNanos = Math.max(pausedUntilNanos, trueNanos);
  }
}
