// SPDX-License-Identifier: MIT
package io.distdb.testkit.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Consensus} keeps on a node that may lead alone, with or without a disk. {@link
 * DurableConsensusContract} adds what a disk brings.
 */
public abstract class ConsensusContract {
  static final ShardId GROUP = ShardId.SYSTEM;
  static final ShardId OTHER = new ShardId(5);
  private static final int LOOKS = 20_000;
  private static final long LOOK_NANOS = 500_000;

  /** An adapter that keeps its log on {@code disk}, if it keeps one, not started yet. */
  protected abstract Consensus make(Disk disk, Scheduler scheduler);

  /** One life of a node with one group. */
  final class Life implements AutoCloseable {
    final TextMachine machine;
    final Consensus consensus;
    final ConsensusGroup group;

    Life(Disk disk, TextMachine machine) {
      this(disk, machine, Scheduler.threads());
    }

    Life(Disk disk, TextMachine machine, Scheduler scheduler) {
      this.machine = machine;
      consensus = make(disk, scheduler);
      group = consensus.open(GROUP, machine);
      consensus.start(Journal.Progress.SILENT);
      awaitLeading(group, scheduler, disk);
    }

    Object propose(String text) {
      return group.propose(group.leadingTerm(), new TextCommand(text));
    }

    /** As {@link #propose}; an adapter with threads of its own sees the power go there. */
    Object proposeUntilPowerLoss(SimulatedDisk disk, String text) {
      try {
        return propose(text);
      } catch (DistDbException gone) {
        requirePower(disk);
        throw gone;
      }
    }

    @Override
    public void close() {
      consensus.close();
    }
  }

  private static void requirePower(Disk disk) {
    if (disk instanceof SimulatedDisk simulated && simulated.isOff()) {
      throw new SimulatedCrash("the power went in another thread");
    }
  }

  /** One that may lead alone does so soon; how soon is the adapter's business. */
  static void awaitLeading(ConsensusGroup group, Scheduler scheduler) {
    awaitLeading(group, scheduler, null);
  }

  private static void awaitLeading(ConsensusGroup group, Scheduler scheduler, Disk disk) {
    await("it leads", scheduler, disk, () -> group.leadingTerm() >= 0);
    assertThat(group.leadingTerm()).isPositive();
  }

  private static void await(String what, Scheduler scheduler, Disk disk, BooleanSupplier holds) {
    Waiter waiter = scheduler.newWaiter();
    for (int i = 0; i < LOOKS && !holds.getAsBoolean(); i++) {
      waiter.await(LOOK_NANOS);
      requirePower(disk);
    }
    assertThat(holds.getAsBoolean()).as(what).isTrue();
  }

  static void awaitTold(ToldReads told, int count) {
    await("all are told", Scheduler.threads(), null, () -> told.count() >= count);
  }

  @Test
  void aProposalIsAppliedAndItsResultComesBack() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    assertThat(life.propose("a")).isEqualTo("1:a");
    assertThat(life.propose("b")).isEqualTo("2:b");
    assertThat(life.machine.texts()).containsExactly("a", "b");
    assertThat(life.group.committed()).isEqualTo(life.machine.applied());
    assertThat(life.group.id()).isEqualTo(GROUP);
    assertThat(life.group.leader()).isPresent();
    life.group.confirmRead(life.group.leadingTerm());
  }

  @Test
  void anotherTermIsRefusedAndNothingIsApplied() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    long term = life.group.leadingTerm();
    assertThat(term).isPositive();
    DistDbException refusal =
        catchThrowableOfType(
            DistDbException.class, () -> life.group.propose(term + 1, new TextCommand("a")));
    assertThat(refusal.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
    assertThat(
            catchThrowableOfType(DistDbException.class, () -> life.group.confirmRead(term + 1))
                .code())
        .isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
    assertThat(life.machine.texts()).isEmpty();
    assertThat(life.propose("b")).isEqualTo("1:b");
  }

  @Test
  void aGroupIsOpenedOnce() {
    Consensus consensus = make(new SimulatedDisk(1), Scheduler.threads());
    consensus.open(GROUP, new TextMachine());
    assertThatThrownBy(() -> consensus.open(GROUP, new TextMachine()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void groupsOpenedLaterServeToo() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    TextMachine machine = new TextMachine();
    ConsensusGroup later = life.consensus.open(OTHER, machine);
    awaitLeading(later, Scheduler.threads());
    assertThat(later.propose(later.leadingTerm(), new TextCommand("x"))).isEqualTo("1:x");
    assertThat(life.propose("a")).isEqualTo("1:a");
    assertThat(machine.leadership()).containsExactly("leading " + later.leadingTerm() + " after 0");
  }

  @Test
  void manyThreadsGetEachTheirOwnResult() {
    Scheduler scheduler = Scheduler.threads();
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    List<String> wrong = new ArrayList<>();
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      String name = "thread" + t;
      tasks.add(scheduler.start(name, () -> proposeMany(life, name, wrong)));
    }
    tasks.forEach(Scheduler.Task::join);
    assertThat(wrong).isEmpty();
    assertThat(life.machine.texts()).hasSize(8 * 300).doesNotHaveDuplicates();
    assertThat(life.group.committed()).isEqualTo(life.machine.applied());
  }

  private static void proposeMany(Life life, String name, List<String> wrong) {
    for (int i = 0; i < 300; i++) {
      Object result = life.propose(name + "-" + i);
      if (!result.toString().endsWith(":" + name + "-" + i)) {
        synchronized (wrong) {
          wrong.add(name + "-" + i + " got " + result);
        }
      }
    }
  }

  @Test
  void afterCloseNothingIsTaken() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    life.propose("a");
    long term = life.group.leadingTerm();
    life.consensus.close();
    assertThat(life.group.leadingTerm()).isEqualTo(-1);
    assertThat(life.group.leader()).isEmpty();
    assertThat(
            catchThrowableOfType(
                    DistDbException.class, () -> life.group.propose(term, new TextCommand("b")))
                .code())
        .isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
    assertThat(life.machine.leadership())
        .containsExactly("leading " + term + " after 0", "following " + term + " after 1");
  }

  @Test
  void aReadThatIsCalledBackSeesWhatWasCommittedBeforeAndIsToldOnce() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    ToldReads told = new ToldReads();
    life.propose("a");
    life.group.confirmRead(
        life.group.leadingTerm(), told.read("r", () -> life.machine.texts().contains("a")));
    awaitTold(told, 1);
    assertThat(life.propose("b")).isEqualTo("2:b");
    life.close();
    assertThat(told.all()).containsExactly("r true");
  }

  @Test
  void aReadOfAnotherTermIsRefusedByCall() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    ToldReads told = new ToldReads();
    long term = life.group.leadingTerm();
    life.group.confirmRead(term + 1, told.read("next"));
    life.group.confirmRead(-1, told.read("none"));
    awaitTold(told, 2);
    life.group.confirmRead(term, told.read("this"));
    awaitTold(told, 3);
    life.close();
    assertThat(told.all())
        .containsExactlyInAnyOrder(
            "next " + ErrorCode.CANNOT_CONNECT_NOW,
            "none " + ErrorCode.CANNOT_CONNECT_NOW,
            "this " + ToldReads.CONFIRMED);
  }

  @Test
  void aReadBeforeTheStartOrAfterTheEndIsRefusedByCall() {
    Consensus consensus = make(new SimulatedDisk(1), Scheduler.threads());
    ConsensusGroup group = consensus.open(GROUP, new TextMachine());
    ToldReads told = new ToldReads();
    group.confirmRead(1, told.read("before"));
    assertThat(told.all()).containsExactly("before " + ErrorCode.CANNOT_CONNECT_NOW);
    consensus.start(Journal.Progress.SILENT);
    awaitLeading(group, Scheduler.threads());
    long term = group.leadingTerm();
    consensus.close();
    group.confirmRead(term, told.read("after"));
    assertThat(told.all())
        .containsExactly(
            "before " + ErrorCode.CANNOT_CONNECT_NOW, "after " + ErrorCode.CANNOT_CONNECT_NOW);
  }

  /** Whenever the end comes, before, between or after them. */
  @Test
  void readsThatMeetTheEndAreToldOnceEach() {
    Scheduler scheduler = Scheduler.threads();
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    long term = life.group.leadingTerm();
    ToldReads told = new ToldReads();
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String name = "thread" + t + "-";
      tasks.add(
          scheduler.start(
              name,
              () -> {
                for (int i = 0; i < 500; i++) {
                  life.group.confirmRead(term, told.read(name + i, () -> ""));
                }
              }));
    }
    awaitTold(told, 1);
    life.close();
    tasks.forEach(Scheduler.Task::join);
    List<String> all = told.all();
    assertThat(all).hasSize(4 * 500);
    assertThat(all.stream().map(text -> text.split(" ")[0])).doesNotHaveDuplicates();
  }

  @Test
  void whatACallThrowsHarmsNobodyElse() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    long term = life.group.leadingTerm();
    ToldReads told = new ToldReads();
    try {
      life.group.confirmRead(
          term,
          told.read(
              "first",
              () -> {
                throw new IllegalStateException("it is not taken");
              }));
    } catch (IllegalStateException itsOwn) {
      // Told in this thread: the caller has it.
    }
    life.group.confirmRead(term, told.read("second"));
    awaitTold(told, 1);
    assertThat(life.propose("a")).isEqualTo("1:a");
    life.close();
    assertThat(told.all()).containsExactly("second " + ToldReads.CONFIRMED);
  }

  @Test
  void compactingIsAlwaysAllowed() {
    Life life = new Life(new SimulatedDisk(1), new TextMachine());
    life.propose("a");
    life.group.compact(new LogPosition(life.group.leadingTerm(), 1));
    assertThat(life.propose("b")).isEqualTo("2:b");
  }

  static SimulatedDisk afterCrash(SimulatedDisk disk) {
    return disk.crash(CrashMode.LOST);
  }
}
