// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.checker.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the operations of a workload. For many threads. */
final class Tally {
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<String, Long> states = new TreeMap<>();
  private final Map<String, String> samples = new TreeMap<>();
  private long unreached;

  synchronized void add(Outcome outcome) {
    outcomes.merge(outcome, 1L, Long::sum);
  }

  /** No connection was to be had: nothing was asked. */
  synchronized void addUnreached() {
    unreached++;
  }

  synchronized void addError(String state, String message) {
    states.merge(state, 1L, Long::sum);
    samples.putIfAbsent(state, message);
  }

  synchronized long of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  synchronized long unreached() {
    return unreached;
  }

  /** How often each SQLSTATE came. */
  synchronized Map<String, Long> states() {
    return new TreeMap<>(states);
  }

  /** The first message with each SQLSTATE. */
  synchronized Map<String, String> samples() {
    return new TreeMap<>(samples);
  }
}
