// SPDX-License-Identifier: MIT
package io.distdb.testkit.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.CrashPoints;
import io.distdb.testkit.disk.DiskFaults;
import io.distdb.testkit.disk.SimulatedDisk;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link Consensus} keeps that has a disk, besides the general contract. */
public abstract class DurableConsensusContract extends ConsensusContract {

  @Test
  void everythingAcknowledgedIsAppliedAgainInANewTermBeforeItLeads() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Life first = new Life(disk, new TextMachine());
    for (int i = 0; i < 20; i++) {
      first.propose("t" + i);
    }
    Life second = new Life(afterCrash(disk), new TextMachine());
    assertThat(second.machine.texts()).isEqualTo(first.machine.texts());
    long term = second.group.leadingTerm();
    assertThat(term).isGreaterThan(first.group.leadingTerm());
    assertThat(second.machine.leadership()).containsExactly("leading " + term + " after 20");
    assertThat(second.propose("next")).isEqualTo("21:next");
    assertThat(second.group.committed()).isEqualTo(second.machine.applied());
    assertThat(second.group.committed().term()).isEqualTo(term);
  }

  @Test
  void replayBeginsBehindWhatTheMachineHolds() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Life first = new Life(disk, new TextMachine());
    first.propose("a");
    first.propose("b");
    LogPosition saved = first.machine.applied();
    List<String> texts = first.machine.texts();
    first.propose("c");
    Life second = new Life(afterCrash(disk), new TextMachine(saved, texts));
    assertThat(second.machine.texts()).containsExactly("a", "b", "c");
  }

  @Test
  void aMachineBehindTheLogIsRefused() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Life first = new Life(disk, new TextMachine());
    String large = "x".repeat(3000);
    for (int i = 0; i < 40; i++) {
      first.propose(large + i);
    }
    first.group.compact(first.machine.applied());
    first.propose("last");
    SimulatedDisk after = afterCrash(disk);
    DistDbException refusal =
        catchThrowableOfType(DistDbException.class, () -> new Life(after, new TextMachine()));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
    Life second =
        new Life(after.kill(), new TextMachine(first.group.committed(), first.machine.texts()));
    assertThat(second.machine.texts()).isEqualTo(first.machine.texts());
    assertThat(second.group.leadingTerm()).isGreaterThan(first.group.leadingTerm());
  }

  @Test
  void groupsShareTheLogAndKeepApart() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Life first = new Life(disk, new TextMachine());
    ConsensusGroup other = first.consensus.open(OTHER, new TextMachine());
    awaitLeading(other, Scheduler.threads());
    for (int i = 0; i < 5; i++) {
      first.propose("a" + i);
      other.propose(other.leadingTerm(), new TextCommand("b" + i));
    }
    Consensus consensus = make(afterCrash(disk), Scheduler.threads());
    TextMachine machine = new TextMachine();
    TextMachine otherMachine = new TextMachine();
    ConsensusGroup again = consensus.open(GROUP, machine);
    ConsensusGroup otherAgain = consensus.open(OTHER, otherMachine);
    consensus.start(Journal.Progress.SILENT);
    awaitLeading(again, Scheduler.threads());
    awaitLeading(otherAgain, Scheduler.threads());
    assertThat(machine.texts()).containsExactly("a0", "a1", "a2", "a3", "a4");
    assertThat(otherMachine.texts()).containsExactly("b0", "b1", "b2", "b3", "b4");
  }

  @Test
  void aFailedForceLeavesTheOutcomeOpenAndNothingIsProposedAfterIt() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Life life = new Life(disk, new TextMachine());
    life.propose("a");
    disk.faults().failCall(disk.calls() + 1, DiskFaults.Failure.IO_ERROR);
    DistDbException unknown = catchThrowableOfType(DistDbException.class, () -> life.propose("b"));
    assertThat(unknown.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
    assertThat(life.machine.texts()).containsExactly("a");
    assertThat(life.machine.leadership())
        .as("locks of unknown outcomes end")
        .anyMatch(change -> change.startsWith("following"));
    DistDbException refused =
        catchThrowableOfType(
            DistDbException.class, () -> life.group.propose(1, new TextCommand("c")));
    assertThat(refused.code()).isIn(ErrorCode.IO_ERROR, ErrorCode.CANNOT_CONNECT_NOW);
    life.consensus.close();
    Life next = new Life(disk.kill(), new TextMachine());
    assertThat(next.machine.texts()).startsWith("a").doesNotContain("c");
  }

  @Test
  void aReadAfterAFailedForceIsToldOnce() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Life life = new Life(disk, new TextMachine());
    long term = life.group.leadingTerm();
    ToldReads told = new ToldReads();
    disk.faults().failCall(disk.calls() + 1, DiskFaults.Failure.IO_ERROR);
    assertThatThrownBy(() -> life.propose("a")).isInstanceOf(DistDbException.class);
    life.group.confirmRead(term, told.read("r"));
    awaitTold(told, 1);
    life.consensus.close();
    // Who cannot be deposed reads on.
    assertThat(told.all())
        .hasSize(1)
        .isSubsetOf(
            "r " + ToldReads.CONFIRMED,
            "r " + ErrorCode.IO_ERROR,
            "r " + ErrorCode.CANNOT_CONNECT_NOW);
  }

  @Test
  void aFullDiskRefusesAndAppliesNothing() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Life life = new Life(disk, new TextMachine());
    life.propose("a");
    disk.faults().capacityBytes(1);
    String large = "x".repeat(1 << 20);
    DistDbException full = catchThrowableOfType(DistDbException.class, () -> life.propose(large));
    assertThat(full.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(life.machine.texts()).containsExactly("a");
    disk.faults().heal();
    awaitLeading(life.group, Scheduler.threads());
    assertThat(life.propose("b")).isEqualTo("2:b");
    Life next = new Life(afterCrash(disk), new TextMachine());
    assertThat(next.machine.texts()).containsExactly("a", "b");
  }

  @Test
  void noCrashLosesOrInventsAProposal() {
    long boundaries =
        CrashPoints.run(
            1,
            CrashPoints.ALL,
            ArrayList<String>::new,
            (disk, acknowledged) -> {
              try (Life life = new Life(disk, new TextMachine())) {
                for (int i = 0; i < 25; i++) {
                  life.proposeUntilPowerLoss(disk, "t" + i);
                  acknowledged.add("t" + i);
                }
              }
            },
            (disk, acknowledged) -> {
              List<String> found;
              try (Life life = new Life(disk, new TextMachine())) {
                found = life.machine.texts();
              }
              assertThat(found.size()).isBetween(acknowledged.size(), acknowledged.size() + 1);
              for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i)).isEqualTo("t" + i);
              }
            });
    assertThat(boundaries).isGreaterThan(50);
  }

  /** Sessions in one simulated process, cut off by a crash at a random moment, many seeds. */
  @ParameterizedTest
  @ValueSource(longs = {0, 100, 200, 300})
  void sessionsThatRaceLoseNothingInACrash(long firstSeed) {
    int acknowledged = 0;
    for (long seed = firstSeed; seed < firstSeed + 25; seed++) {
      acknowledged += race(seed);
    }
    assertThat(acknowledged).as("the crashes came too early to show anything").isGreaterThan(300);
  }

  /** Returns how many proposals were acknowledged before the crash. */
  private int race(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SimulatedNode node = world.node("n1");
      List<String> acknowledged = new ArrayList<>();
      List<String> proposed = new ArrayList<>();
      world.run(() -> {
        SimulatedDisk disk = node.disk();
        node.scheduler().start("sessions", () -> sessions(node, disk, proposed, acknowledged));
        world.sleep(world.random("crash").between(100_000, 8_000_000));
        node.crash(world.random("mode").pick(List.of(CrashMode.values())));
        node.scheduler()
            .start(
                "recovery",
                () -> {
                  Life life = new Life(node.disk(), new TextMachine(), node.scheduler());
                  List<String> found = life.machine.texts();
                  assertThat(found).as("seed " + seed).containsAll(acknowledged);
                  assertThat(proposed).as("seed " + seed).containsAll(found);
                  assertThat(found).as("seed " + seed).doesNotHaveDuplicates();
                })
            .join();
      });
      return acknowledged.size();
    }
  }

  private void sessions(
      SimulatedNode node, SimulatedDisk disk, List<String> proposed, List<String> acknowledged) {
    Life life = new Life(disk, new TextMachine(), node.scheduler());
    for (int session = 0; session < 4; session++) {
      String name = "s" + session + "-";
      node.scheduler()
          .start(
              name,
              () -> {
                for (int i = 0; i < 30; i++) {
                  proposed.add(name + i);
                  Object result = life.propose(name + i);
                  if (!result.toString().endsWith(":" + name + i)) {
                    throw new AssertionError(name + i + " got " + result);
                  }
                  acknowledged.add(name + i);
                }
              });
    }
  }
}
