// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import org.junit.jupiter.api.Test;

/** Groups under random schedules: {@code -Ddistdb.raft.seeds=100000 -Ddistdb.raft.seed=1}. */
final class CoreRandomTest {
  private static final int SEEDS = 300;

  @Test
  void noScheduleBreaksAnInvariantAndEveryGroupGetsOn() {
    long first = Long.getLong("distdb.raft.seed", 1);
    int seeds = Integer.getInteger("distdb.raft.seeds", SEEDS);
    long started = System.nanoTime();
    long committed = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      RandomSchedule schedule = new RandomSchedule(seed, () -> RaftCore::step);
      schedule.run();
      committed += schedule.cluster.invariants.committed.size();
    }
    System.out.printf(
        "raft core: %d seeds from %d, %d entries committed, %.1f s%n",
        seeds, first, committed, (System.nanoTime() - started) / 1e9);
  }
}
