// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.Client;
import io.distdb.testcluster.TestStorage;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.AnomalyKind;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.ListAppendChecker;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SeedRunner;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.txn.ListAppendWorkload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL transactions that read lists and append to them, through tables, an index and a durable
 * directory; and in the simulated world through crashes, where the history goes on in the next
 * life. {@code -Ddistdb.listappend=100000} makes it long. Red when a level shows what it must stop,
 * across a recovery too: what was read must stay, what was refused must not come back.
 */
@Timeout(1_800)
class ListAppendTest {
  private static final int THREADS = 16;
  private static final int TRANSACTIONS = Integer.getInteger("distdb.listappend", 4_000);
  private static final int LIVES = 3;
  private static final int SESSIONS = 5;

  @Test
  void serializableHistoriesHaveNoCycle(@TempDir Path directory) {
    ListAppendWorkload workload = run(directory, IsolationLevel.SERIALIZABLE, TRANSACTIONS);
    new ListAppendChecker(true).check(workload.history()).assertSound();
    assertThat(workload.refused()).as("deadlock victims").isPositive();
    assertThat(workload.readAndAppended()).isGreaterThan(TRANSACTIONS / 5);
  }

  @Test
  void repeatableReadShowsWriteSkewAndNothingThatItForbids(@TempDir Path directory) {
    int transactions = Math.min(TRANSACTIONS, 10_000);
    ListAppendWorkload workload = run(directory, IsolationLevel.REPEATABLE_READ, transactions);
    CheckResult result = new ListAppendChecker(false).check(workload.history());
    result.at(IsolationLevel.REPEATABLE_READ).assertSound();
    assertThat(result.kinds()).as("what it allows").contains(AnomalyKind.G2_ITEM);
  }

  @Test
  void readCommittedShowsNothingThatItForbids(@TempDir Path directory) {
    int transactions = Math.min(TRANSACTIONS, 10_000);
    ListAppendWorkload workload = run(directory, IsolationLevel.READ_COMMITTED, transactions);
    CheckResult result = new ListAppendChecker(false).check(workload.history());
    result.at(IsolationLevel.READ_COMMITTED).assertSound();
    assertThat(result.kinds()).as("what it allows").contains(AnomalyKind.G_SINGLE);
  }

  @Test
  void historiesGoOnAfterCrashes() {
    TestStorage.assumeMemory();
    SeedRunner.of(getClass(), "historiesGoOnAfterCrashes").run(30, ListAppendTest::simulate);
  }

  private static ListAppendWorkload run(Path directory, IsolationLevel level, int transactions) {
    ListAppendWorkload workload = new ListAppendWorkload(10);
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    AtomicBoolean stopped = new AtomicBoolean();
    Scheduler scheduler = Scheduler.threads();
    try (Client client = TestStorage.open(directory.resolve("lists"))) {
      SqlLists.create(client);
      List<Scheduler.Task> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int process = thread;
        tasks.add(
            scheduler.start(
                "client",
                () -> {
                  try (SqlLists lists = new SqlLists(client, level)) {
                    SeededRandom random = new SeededRandom(process);
                    while (workload.committed() < transactions && !stopped.get()) {
                      workload.runOne(lists, process, random);
                    }
                  } catch (RuntimeException | Error failure) {
                    failures.add(failure);
                    stopped.set(true);
                  }
                }));
      }
      tasks.forEach(Scheduler.Task::join);
    }
    assertThat(failures).isEmpty();
    return workload;
  }

  private static long simulate(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      IsolationLevel level = world.random("level").pick(List.of(IsolationLevel.values()));
      ListAppendWorkload workload = new ListAppendWorkload(5);
      world.run(() -> lives(world, level, workload));
      boolean serializable = level == IsolationLevel.SERIALIZABLE;
      new ListAppendChecker(serializable).check(workload.history()).at(level).assertSound();
      assertThat(workload.history())
          .as("what a crash cut short")
          .anyMatch(transaction -> transaction.outcome() != Outcome.COMMITTED);
      return world.traceHash();
    }
  }

  /** The last life reads every list, so that what was lost before it shows. */
  private static void lives(SimulatedWorld world, IsolationLevel level, ListAppendWorkload work) {
    SimulatedNode node = world.node("n1");
    SeededRandom fate = world.random("fate");
    for (int life = 0; life < LIVES; life++) {
      String name = "life " + life;
      node.scheduler().start(name, () -> live(world, node, level, work, name)).join();
      node.crash(fate.pick(List.of(CrashMode.values())));
    }
    node.scheduler()
        .start(
            "last life",
            () -> {
              try (Client client = SimulatedDatabase.open(node);
                  SqlLists lists = new SqlLists(client, IsolationLevel.SERIALIZABLE)) {
                work.readAll(lists, -1);
              }
            })
        .join();
  }

  /** Ends when the power goes, in the middle of whatever the sessions do. */
  private static void live(
      SimulatedWorld world,
      SimulatedNode node,
      IsolationLevel level,
      ListAppendWorkload work,
      String name) {
    Client client = SimulatedDatabase.open(node);
    SqlLists.create(client);
    node.disk().crashAt(node.disk().boundaries() + world.random(name).between(20, 150));
    for (int i = 0; i < SESSIONS; i++) {
      long process = i;
      SeededRandom random = world.random(name + " session " + i);
      node.scheduler()
          .start(
              "session",
              () -> {
                SqlLists lists = new SqlLists(client, level);
                while (node.isAlive()) {
                  work.runOne(lists, process, random);
                }
              });
    }
    while (node.isAlive()) {
      world.sleep(10_000_000);
      client.checkpoint();
    }
  }
}
