// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shipped engine in the simulated world: baton threads, a crash, a recovery, from one seed. */
class SimulatedCheckpointTest {
  private static final int SEEDS = 60;
  private static final long BATCHES = 120;

  private static MemoryStorageEngine open(SimulatedNode node) {
    return MemoryStorageEngine.open(
        Optional.of(node.disk()),
        new MemoryOptions(64 << 20),
        node.scheduler(),
        node.clock(),
        Journal.Progress.SILENT);
  }

  /** A writer and two threads that checkpoint; the power goes at a moment that the seed picks. */
  private static long run(long seed) {
    long[] promised = {0};
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SimulatedNode node = world.node("n1");
      long crashAt = world.random("crash").below(30);
      node.disk().crashAt(crashAt);
      world.run(() -> {
        List<Scheduler.Task> tasks = new ArrayList<>();
        tasks.add(node.scheduler().start("main", () -> work(world, node, promised)));
        tasks.forEach(Scheduler.Task::join);
        node.crash(world.random("mode").pick(List.of(CrashMode.values())));
        node.scheduler().start("recovery", () -> recover(node, promised[0])).join();
      });
      return world.traceHash();
    }
  }

  private static void work(SimulatedWorld world, SimulatedNode node, long[] promised) {
    MemoryStorageEngine engine = open(node);
    Store store = engine.store(TestEngines.SHARD);
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      tasks.add(node.scheduler().start("checkpoints", () -> checkpoint(world, store, promised)));
    }
    for (long index = 1; index <= BATCHES; index++) {
      store.apply(TestEngines.at(index), TestEngines.batch(index));
      store.collectGarbage(1);
      world.preempt();
    }
    tasks.forEach(Scheduler.Task::join);
    engine.close();
  }

  private static void checkpoint(SimulatedWorld world, Store store, long[] promised) {
    try {
      for (int i = 0; i < 4; i++) {
        long before = store.applied().index();
        long covered = store.checkpoint().index();
        assertThat(covered).isGreaterThanOrEqualTo(before);
        promised[0] = Math.max(promised[0], covered);
        world.preempt();
      }
    } catch (DistDbException refusal) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    }
  }

  private static void recover(SimulatedNode node, long promised) {
    try (MemoryStorageEngine engine = open(node)) {
      Store store = engine.store(TestEngines.SHARD);
      long applied = store.applied().index();
      assertThat(applied).isGreaterThanOrEqualTo(promised);
      assertThat(TestEngines.content(store)).isEqualTo(TestEngines.contentAfter(applied));
    }
  }

  @Test
  void aCrashLeavesAWholeSnapshotAndTheSeedDecidesEverything() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(run(seed)).as("seed %d", seed).isEqualTo(run(seed));
    }
  }
}
