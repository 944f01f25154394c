// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Groups under random schedules: {@code -Ddistdb.raft.seeds=100000 -Ddistdb.raft.seed=1}. */
final class CoreRandomTest {
  private static final int SEEDS = 300;

  /** Leaders stand still or are cut off, and every clock is wrong a little. */
  @Test
  void noReadUnderALeaseIsStale() {
    long first = Long.getLong("distdb.raft.seed", 1);
    int seeds = Integer.getInteger("distdb.raft.seeds", SEEDS) / 2;
    long reads = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      RandomSchedule schedule = new RandomSchedule(seed, () -> RaftCore::step, true);
      schedule.run();
      reads += schedule.cluster.seen.getOrDefault("ReadReady", 0);
    }
    System.out.printf("raft core: %d seeds with leases, %d reads%n", seeds, reads);
    assertThat(reads).isGreaterThan(seeds * 10L);
  }

  @Test
  void noScheduleBreaksAnInvariantAndEveryGroupGetsOn() {
    long first = Long.getLong("distdb.raft.seed", 1);
    int seeds = Integer.getInteger("distdb.raft.seeds", SEEDS);
    long started = System.nanoTime();
    long committed = 0;
    TreeMap<String, Integer> seen = new TreeMap<>();
    for (long seed = first; seed < first + seeds; seed++) {
      RandomSchedule schedule = new RandomSchedule(seed, () -> RaftCore::step);
      schedule.run();
      committed += schedule.cluster.invariants.committed.size();
      schedule.cluster.seen.forEach((kind, times) -> seen.merge(kind, times, Integer::sum));
    }
    System.out.printf(
        "raft core: %d seeds from %d, %d entries committed, %.1f s; %s%n",
        seeds, first, committed, (System.nanoTime() - started) / 1e9, seen);
    if (seeds >= SEEDS) {
      assertThat(seen.keySet()).containsAll(everything());
    }
  }

  /**
   * Every event, message, effect and refusal there is; a schedule in which one is missing is lame.
   */
  private static List<String> everything() {
    return Stream.of(Event.class, Message.class, Effect.class, Effect.Refusal.class)
        .flatMap(kind ->
            kind.isEnum()
                ? Arrays.stream(kind.getEnumConstants()).map(Object::toString)
                : Arrays.stream(kind.getPermittedSubclasses()).map(Class::getSimpleName))
        .toList();
  }
}
