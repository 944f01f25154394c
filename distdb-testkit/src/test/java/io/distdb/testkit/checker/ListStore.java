// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.ListAppendTransaction.Append;
import io.distdb.testkit.checker.ListAppendTransaction.Read;
import io.distdb.testkit.checker.ListAppendTransaction.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store of lists that isolates its transactions as told, and records what they saw. */
final class ListStore {
  private static final int CLIENTS = 16;
  private static final int KEYS_AT_A_TIME = 8;
  private static final int VALUES_PER_KEY = 24;

  enum Isolation {
    /** Aborts whoever read or wrote what has changed since. */
    STRICT_SERIALIZABLE,
    /** Aborts whoever wrote what has changed since. */
    SNAPSHOT,
    /** Snapshots, and nobody is aborted. */
    SNAPSHOT_WITHOUT_CONFLICTS,
    /** Each read sees what is committed by then. */
    READ_COMMITTED,
    /** Serializable at the snapshot of some commits ago: old news. */
    STALE
  }

  private final Isolation isolation;
  private final SeededRandom random;
  private final Map<Long, List<Long>> committed = new HashMap<>();
  private final Map<Long, List<Integer>> commits = new HashMap<>();
  private final List<ListAppendTransaction> history = new ArrayList<>();
  private final long[] activeKeys = new long[KEYS_AT_A_TIME];
  private long nextKey;
  private long nextValue;
  private int commitCount;
  private long clock;

  private static final class Open {
    private final int client;
    private final long begun;
    private final int snapshot;
    private final int length;
    private final List<Step> steps = new ArrayList<>();

    Open(int client, long begun, int snapshot, int length) {
      this.client = client;
      this.begun = begun;
      this.snapshot = snapshot;
      this.length = length;
    }
  }

  private ListStore(long seed, Isolation isolation) {
    this.random = new SeededRandom(seed);
    this.isolation = isolation;
    for (int i = 0; i < KEYS_AT_A_TIME; i++) {
      activeKeys[i] = nextKey++;
    }
  }

  static List<ListAppendTransaction> history(long seed, Isolation isolation, int transactions) {
    ListStore store = new ListStore(seed, isolation);
    Open[] open = new Open[CLIENTS];
    while (store.history.size() < transactions) {
      int client = store.random.below(CLIENTS);
      store.clock++;
      if (open[client] == null) {
        int back = isolation == Isolation.STALE ? store.random.below(20) : 0;
        int snapshot = Math.max(0, store.commitCount - back);
        open[client] = new Open(client, store.clock, snapshot, 1 + store.random.below(4));
      } else if (open[client].steps.size() < open[client].length) {
        store.step(open[client]);
      } else {
        store.end(open[client]);
        open[client] = null;
      }
    }
    return store.history;
  }

  private void step(Open open) {
    int slot = random.below(KEYS_AT_A_TIME);
    long key = activeKeys[slot];
    if (random.chance(0.5)) {
      open.steps.add(new Append(key, nextValue++));
    } else {
      int asOf = isolation == Isolation.READ_COMMITTED ? commitCount : open.snapshot;
      List<Long> seen = new ArrayList<>(version(key, asOf));
      seen.addAll(own(open, key));
      open.steps.add(new Read(key, seen));
    }
    if (committed.getOrDefault(key, List.of()).size() > VALUES_PER_KEY) {
      activeKeys[slot] = nextKey++;
    }
  }

  private List<Long> version(long key, int asOf) {
    List<Integer> at = commits.getOrDefault(key, List.of());
    int length = at.size();
    while (length > 0 && at.get(length - 1) > asOf) {
      length--;
    }
    return committed.getOrDefault(key, List.of()).subList(0, length);
  }

  private static List<Long> own(Open open, long key) {
    List<Long> own = new ArrayList<>();
    for (Step step : open.steps) {
      if (step instanceof Append append && append.key() == key) {
        own.add(append.value());
      }
    }
    return own;
  }

  private void end(Open open) {
    boolean conflicts = false;
    for (Step step : open.steps) {
      boolean changed =
          version(step.key(), commitCount).size() > version(step.key(), open.snapshot).size();
      conflicts |=
          changed
              && switch (isolation) {
                case STRICT_SERIALIZABLE -> true;
                case SNAPSHOT -> step instanceof Append;
                case STALE -> open.steps.stream().anyMatch(Append.class::isInstance);
                case SNAPSHOT_WITHOUT_CONFLICTS, READ_COMMITTED -> false;
              };
    }
    if (!conflicts) {
      commitCount++;
      for (Step step : open.steps) {
        if (step instanceof Append append) {
          committed.computeIfAbsent(append.key(), absent -> new ArrayList<>()).add(append.value());
          commits.computeIfAbsent(append.key(), absent -> new ArrayList<>()).add(commitCount);
        }
      }
    }
    Outcome outcome = conflicts ? Outcome.ABORTED : Outcome.COMMITTED;
    history.add(
        new ListAppendTransaction(
            open.client,
            open.steps,
            random.chance(0.02) ? Outcome.UNKNOWN : outcome,
            open.begun,
            clock));
  }
}
