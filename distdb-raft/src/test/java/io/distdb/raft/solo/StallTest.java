// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.consensus.TextCommand;
import io.distdb.testkit.consensus.TextMachine;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A state machine that refuses what is in the log: for now, as its disk is full, or for good. */
class StallTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** One life of a node with one group. */
  private static final class Life {
    final FullMachine machine = new FullMachine(new TextMachine());
    final Consensus consensus;
    final ConsensusGroup group;

    Life(SimulatedNode node) {
      this(node.disk(), node.scheduler());
    }

    Life(Disk disk, Scheduler scheduler) {
      Journal journal =
          new SegmentedJournal(
              disk,
              scheduler,
              Clock.system(),
              JournalOptions.DEFAULT
                  .withSegmentBytes(16 << 10)
                  .withReserveBytes(0)
                  .withIdleMarkNanos(Long.MAX_VALUE));
      consensus = new SoloConsensus(new NodeId("n1"), Optional.of(journal), scheduler);
      group = consensus.open(ShardId.SYSTEM, machine);
      consensus.start(Journal.Progress.SILENT);
    }

    Object propose(String text) {
      return group.propose(group.leadingTerm(), new TextCommand(text));
    }

    ErrorCode refusalOf(String text) {
      return catchThrowableOfType(DistDbException.class, () -> propose(text)).code();
    }

    List<String> texts() {
      return machine.texts.texts();
    }
  }

  /** What a thread got from a proposal. */
  private static final class Proposer {
    private Object answer;
    private final Scheduler.Task task;

    Proposer(Life life, SimulatedNode node, String text) {
      task = node.scheduler().start(text, () -> answer = answer(life, text));
    }

    private static Object answer(Life life, String text) {
      try {
        return life.propose(text);
      } catch (DistDbException refusal) {
        return refusal.code();
      }
    }

    Object join() {
      task.join();
      return answer;
    }
  }

  private interface Scenario {
    void run(SimulatedWorld world, SimulatedNode node);
  }

  private static void simulated(Scenario scenario) {
    for (long seed = 1; seed <= 20; seed++) {
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        SimulatedNode node = world.node("n1");
        world.run(() -> scenario.run(world, node));
      }
    }
  }

  @Test
  void whatIsInTheLogIsAppliedWhenThereIsRoomAndWritesGoOn() {
    simulated((world, node) -> {
      Life life = new Life(node);
      life.propose("a");
      life.machine.refusal = ErrorCode.DISK_FULL;
      Proposer first = new Proposer(life, node, "b");
      Proposer second = new Proposer(life, node, "c");
      world.sleep(SECOND);
      assertThat(life.machine.refused).as("it is tried again and again").isGreaterThan(5);
      assertThat(life.refusalOf("new")).isEqualTo(ErrorCode.DISK_FULL);
      life.machine.refusal = null;
      assertThat(first.join().toString()).endsWith(":b");
      assertThat(second.join()).isIn("2:c", "3:c", ErrorCode.DISK_FULL);
      assertThat(life.propose("d").toString()).endsWith(":d");
      assertThat(life.texts()).startsWith("a").doesNotContain("new").endsWith("d");
      assertThat(life.machine.texts.leadership()).as("no locks were lost").hasSize(1);
    });
  }

  @Test
  void whoeverWaitsTooLongIsTold() {
    simulated((world, node) -> {
      Life life = new Life(node);
      life.machine.refusal = ErrorCode.DISK_FULL;
      Proposer proposer = new Proposer(life, node, "a");
      assertThat(proposer.join()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
      assertThat(life.refusalOf("new")).isEqualTo(ErrorCode.DISK_FULL);
      life.machine.refusal = null;
      world.sleep(SECOND);
      assertThat(life.texts()).containsExactly("a");
      assertThat(life.propose("b")).isEqualTo("2:b");
    });
  }

  @Test
  void closingDoesNotWaitForRoom() {
    simulated((world, node) -> {
      Life life = new Life(node);
      life.propose("a");
      life.machine.refusal = ErrorCode.DISK_FULL;
      Proposer proposer = new Proposer(life, node, "b");
      world.sleep(SECOND);
      life.consensus.close();
      assertThat(proposer.join()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
      node.kill();
      node.scheduler()
          .start("next life", () -> assertThat(new Life(node).texts()).containsExactly("a", "b"))
          .join();
    });
  }

  @Test
  void aRefusalForGoodEndsWritesAndNotReads() {
    for (ErrorCode code : List.of(ErrorCode.IO_ERROR, ErrorCode.DATA_CORRUPTED)) {
      simulated((world, node) -> {
        Life life = new Life(node);
        life.propose("a");
        life.machine.refusal = code;
        assertThat(life.refusalOf("b")).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
        life.machine.refusal = null;
        assertThat(life.refusalOf("c")).isEqualTo(ErrorCode.IO_ERROR);
        assertThat(life.texts()).containsExactly("a");
        life.group.confirmRead(life.group.leadingTerm());
        assertThat(life.machine.texts.leadership().getLast()).startsWith("leading");
        node.kill();
        node.scheduler()
            .start("next life", () -> assertThat(new Life(node).texts()).containsExactly("a", "b"))
            .join();
      });
    }
  }

  /** Threads that race with stalls that come and go, and with one that never ends. */
  @Test
  void racesLoseAndInventNothing() {
    int acknowledged = 0;
    int refused = 0;
    for (long seed = 100; seed < 160; seed++) {
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        SimulatedNode node = world.node("n1");
        Race race = new Race();
        world.run(() -> race.run(world, node));
        acknowledged += race.acknowledged.size();
        refused += race.refused.size();
      }
    }
    assertThat(acknowledged).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(100);
  }

  private static final class Race {
    final Set<String> acknowledged = new TreeSet<>();
    final Set<String> refused = new TreeSet<>();

    void run(SimulatedWorld world, SimulatedNode node) {
      Life life = new Life(node);
      List<Scheduler.Task> sessions = new ArrayList<>();
      for (int session = 0; session < 4; session++) {
        String name = "s" + session + "-";
        sessions.add(node.scheduler().start(name, () -> session(world, life, name)));
      }
      for (int stall = 0; stall < 3; stall++) {
        world.sleep(world.random("between").between(100_000, 4_000_000));
        life.machine.refusal = ErrorCode.DISK_FULL;
        world.sleep(world.random("stall").between(1_000_000, 15 * SECOND));
        life.machine.refusal = null;
      }
      if (world.seed() % 3 == 0) {
        life.machine.refusal = ErrorCode.IO_ERROR;
      }
      sessions.forEach(Scheduler.Task::join);
      check(life.texts(), acknowledged);
      life.consensus.close();
      node.kill();
      node.scheduler().start("next life", () -> check(new Life(node).texts(), acknowledged)).join();
    }

    private void session(SimulatedWorld world, Life life, String name) {
      for (int i = 0; i < 40; i++) {
        try {
          life.propose(name + i);
          acknowledged.add(name + i);
        } catch (DistDbException refusal) {
          if (refusal.code() != ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
            refused.add(name + i);
          }
          world.sleep(SECOND / 2);
        }
      }
    }

    private void check(List<String> texts, Set<String> wanted) {
      assertThat(texts)
          .doesNotHaveDuplicates()
          .containsAll(wanted)
          .doesNotContainAnyElementsOf(refused.isEmpty() ? Set.of("none") : refused);
    }
  }
}
