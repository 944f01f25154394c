// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.raft.solo.SoloConsensus;
import io.distdb.storage.memory.MemoryOptions;
import io.distdb.storage.memory.MemoryStorageEngine;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.PreemptingTimestampSource;
import io.distdb.testkit.simulation.SeedRunner;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.txn.Bank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Transfers and audits from journal to transaction in the simulated world, with a power loss and a
 * recovery in each run. The planted mistake, a timestamp fetched before the commit is marked, must
 * be seen by the audits.
 */
class BankSimulationTest {
  private static final int ACCOUNTS = 6;
  private static final int SESSIONS = 5;
  private static final int TRANSFERS = 12;

  private static final CommitOrder FETCH_FIRST =
      (set, committing, timestamps) -> {
        long timestamp = timestamps.next();
        set.mark(committing);
        return timestamp;
      };

  @Test
  void theTotalIsTheSameAtEverySnapshotAndAfterACrash() {
    SeedRunner.of(getClass(), "theTotalIsTheSameAtEverySnapshotAndAfterACrash")
        .run(200, seed -> simulate(seed, CommitOrder.MARK_FIRST));
  }

  @Test
  void aTimestampFetchedBeforeTheMarkIsCaught() {
    assertThatThrownBy(
            () -> {
              for (long seed = 1; seed <= 100; seed++) {
                simulate(seed, FETCH_FIRST);
              }
            })
        .hasStackTraceContaining("total at a snapshot");
  }

  private static long simulate(long seed, CommitOrder order) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SimulatedNode node = world.node("n");
      world.run(() -> live(world, node, order));
      return world.traceHash();
    }
  }

  private static void live(SimulatedWorld world, SimulatedNode node, CommitOrder order) {
    IndexId index;
    SeededRandom fate = world.random("fate");
    try (Home home = new Home(world, node, order)) {
      index = Bank.create(home.manager, ACCOUNTS);
      runSessions(world, node, home, index, 1);
      if (fate.chance(0.5)) {
        home.manager.checkpoint();
      }
      runSessions(world, node, home, index, 2);
      node.clock().jump(fate.between(-3_600_000_000L, 3_600_000_000L));
      for (int i = 0; i < SESSIONS; i++) {
        startSession(world, node, home, index, "doomed " + i);
      }
      world.sleep(fate.below(3_000_000));
      node.crash(fate.pick(List.of(CrashMode.values())));
    }
    try (Home home = new Home(world, node, order)) {
      Bank bank = new Bank(home.manager, index, ACCOUNTS, world::preempt);
      assertThat(bank.audit(IsolationLevel.REPEATABLE_READ, true))
          .as("total after the crash")
          .isEqualTo(bank.total());
      runSessions(world, node, home, index, 3);
    }
  }

  private static void runSessions(
      SimulatedWorld world, SimulatedNode node, Home home, IndexId index, int round) {
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      tasks.add(startSession(world, node, home, index, "session " + round + " " + i));
    }
    tasks.forEach(Scheduler.Task::join);
  }

  private static Scheduler.Task startSession(
      SimulatedWorld world, SimulatedNode node, Home home, IndexId index, String name) {
    SeededRandom random = world.random(name);
    Bank bank = new Bank(home.manager, index, ACCOUNTS, world::preempt);
    IsolationLevel level = random.pick(List.of(IsolationLevel.values()));
    return node.scheduler()
        .start(
            name,
            () -> {
              for (int i = 0; i < TRANSFERS; i++) {
                if (random.chance(0.5)) {
                  bank.transfer(level, random);
                } else {
                  audit(bank, level, random.chance(0.7));
                }
              }
            });
  }

  private static void audit(Bank bank, IsolationLevel level, boolean readOnly) {
    long sum = bank.audit(level, readOnly);
    if (sum != Bank.ABORTED || readOnly) {
      assertThat(sum).as("total at a snapshot, %s", level).isEqualTo(bank.total());
    }
  }

  /** One life of the database on a simulated machine. */
  private static final class Home implements AutoCloseable {
    private final SimulatedNode node;
    private final int life;
    private final SegmentedJournal journal;
    private final MemoryStorageEngine engine;
    private final SoloConsensus consensus;
    final ShardTransactionManager manager;

    Home(SimulatedWorld world, SimulatedNode node, CommitOrder order) {
      this.node = node;
      life = node.lives();
      Scheduler scheduler = node.scheduler();
      journal = new SegmentedJournal(node.disk(), scheduler, node.clock(), JournalOptions.DEFAULT);
      engine =
          MemoryStorageEngine.open(
              Optional.of(node.disk()),
              new MemoryOptions(64 << 20),
              scheduler,
              node.clock(),
              Journal.Progress.SILENT);
      consensus = new SoloConsensus(new NodeId("n"), Optional.of(journal), scheduler);
      manager =
          ShardTransactionManager.open(
              engine.store(ShardId.SYSTEM),
              consensus,
              scheduler,
              node.clock(),
              TestDatabase.LIMITS.withGarbageVersionsMin(0).withCheckpointBytes(4_000),
              order,
              source -> new PreemptingTimestampSource(world, source));
      consensus.start(Journal.Progress.SILENT);
    }

    /** A dead process closes nothing. */
    @Override
    public void close() {
      if (node.lives() == life) {
        manager.close();
        consensus.close();
        journal.close();
        engine.close();
      }
    }
  }
}
