// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.TimestampSource;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class SimulatedWorldTest {
  private static final long MILLISECOND = 1_000_000;
  private static final int SEEDS = 100;

  @Test
  void equalSeedsGiveEqualTracesAndOthersDiffer() {
    Set<Long> hashes = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      long hash = SampleSimulation.run(seed);
      assertThat(SampleSimulation.run(seed)).as("seed %d", seed).isEqualTo(hash);
      hashes.add(hash);
    }
    assertThat(hashes).hasSize(SEEDS);
  }

  @Test
  void timePassesOnlyWhenNothingCanRun() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      world.run(() -> world.sleep(3_600_000 * MILLISECOND));
      assertThat(world.nowNanos()).isGreaterThanOrEqualTo(3_600_000 * MILLISECOND);
      assertThat(world.steps()).isLessThan(10);
    }
  }

  @Test
  void theSeedDecidesWhoRunsNext() {
    Set<String> orders = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      StringBuilder order = new StringBuilder();
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        Scheduler scheduler = world.scheduler();
        world.run(() -> {
          List<Scheduler.Task> tasks = new ArrayList<>();
          for (String name : List.of("a", "b", "c")) {
            tasks.add(scheduler.start(name, () -> order.append(name)));
          }
          tasks.forEach(Scheduler.Task::join);
        });
      }
      orders.add(order.toString());
    }
    assertThat(orders).containsExactly("abc", "acb", "bac", "bca", "cab", "cba");
  }

  @Test
  void preemptionFindsALostUpdate() {
    int lost = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      int[] counter = new int[1];
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        world.run(() -> {
          List<Scheduler.Task> tasks = new ArrayList<>();
          for (int i = 0; i < 2; i++) {
            tasks.add(
                world
                    .scheduler()
                    .start(
                        "adder",
                        () -> {
                          int read = counter[0];
                          world.preempt();
                          counter[0] = read + 1;
                        }));
          }
          tasks.forEach(Scheduler.Task::join);
        });
      }
      lost += counter[0] == 1 ? 1 : 0;
    }
    assertThat(lost).isBetween(5, SEEDS - 5);
  }

  @Test
  void aTimestampSourceIsAPreemptionPoint() {
    long[] last = new long[1];
    TimestampSource counting =
        new TimestampSource() {
          @Override
          public long next() {
            return ++last[0];
          }

          @Override
          public long current() {
            return last[0];
          }

          @Override
          public long now() {
            return last[0];
          }
        };
    boolean overtaken = false;
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Long> order = new ArrayList<>();
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        TimestampSource source = new PreemptingTimestampSource(world, counting);
        world.run(() -> {
          Scheduler.Task other = world.scheduler().start("other", () -> order.add(source.next()));
          order.add(source.next());
          other.join();
        });
      }
      overtaken |= order.get(0) > order.get(1);
    }
    assertThat(overtaken).isTrue();
  }

  @Test
  void aDeadlockIsToldWithSeedAndStacks() {
    try (SimulatedWorld world = new SimulatedWorld(77)) {
      Waiter waiter = world.scheduler().newWaiter();
      assertThatExceptionOfType(SimulationFailure.class)
          .isThrownBy(() -> world.run(() -> waitInNamedMethod(waiter)))
          .withMessageContaining("seed 77")
          .withMessageContaining("every thread waits")
          .withMessageContaining("waitInNamedMethod");
    }
  }

  private static void waitInNamedMethod(Waiter waiter) {
    waiter.await(Waiter.FOREVER);
  }

  @Test
  void aLivelockIsTold() {
    SimulationOptions options = SimulationOptions.of(1).withStepsMax(1_000);
    try (SimulatedWorld world = new SimulatedWorld(1, options)) {
      assertThatExceptionOfType(SimulationFailure.class)
          .isThrownBy(() ->
              world.run(() -> {
                while (true) {
                  world.sleep(1);
                }
              }))
          .withMessageContaining("1000 turns");
    }
  }

  @Test
  void aWaitWithinALockIsTold() {
    SimulationOptions options = SimulationOptions.of(1).withStuckSeconds(1);
    ReentrantLock lock = new ReentrantLock();
    SimulatedWorld world = new SimulatedWorld(1, options);
    assertThatExceptionOfType(SimulationFailure.class)
        .isThrownBy(() ->
            world.run(() -> {
              Scheduler.Task other =
                  world.scheduler().start("holder", () -> sleepWithin(lock, world));
              world.sleep(MILLISECOND);
              lock.lock();
              lock.unlock();
              other.join();
            }))
        .withMessageContaining("JDK lock")
        .withMessageContaining("sleepWithin");
    world.close();
  }

  private static void sleepWithin(ReentrantLock lock, SimulatedWorld world) {
    lock.lock();
    try {
      world.sleep(1_000 * MILLISECOND);
    } finally {
      lock.unlock();
    }
  }

  @Test
  void anUncaughtThrowableFailsTheRun() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      assertThatExceptionOfType(SimulationFailure.class)
          .isThrownBy(() ->
              world.run(() -> {
                world.node("n1").scheduler().start("bad", SimulatedWorldTest::breakDown);
                world.sleep(MILLISECOND);
              }))
          .withMessageContaining("bad")
          .withCauseInstanceOf(IllegalStateException.class);
    }
  }

  private static void breakDown() {
    throw new IllegalStateException("broken");
  }

  @Test
  void aTimerMustNotWait() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      assertThatExceptionOfType(SimulationFailure.class)
          .isThrownBy(() ->
              world.run(() -> {
                Waiter waiter = world.scheduler().newWaiter();
                world.scheduler().after(1, "bad timer", () -> waiter.await(1));
                world.sleep(MILLISECOND);
              }))
          .withMessageContaining("bad timer")
          .withMessageContaining("must not wait");
    }
  }

  @Test
  void aStrangerThreadIsTurnedAway() throws InterruptedException {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      List<Throwable> thrown = new ArrayList<>();
      world.run(() -> {
        Thread stranger =
            Thread.ofPlatform()
                .unstarted(() -> {
                  try {
                    world.scheduler().start("x", () -> {});
                  } catch (IllegalStateException refused) {
                    thrown.add(refused);
                  }
                });
        stranger.start();
        try {
          stranger.join();
        } catch (InterruptedException interrupted) {
          throw new IllegalStateException(interrupted);
        }
      });
      assertThat(thrown).hasSize(1);
    }
  }

  @Test
  void waitingOutsideOfTheWorldIsToldApart() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      Waiter waiter = world.scheduler().newWaiter();
      assertThatThrownBy(() -> waiter.await(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("SimulatedWorld.run");
    }
  }

  @Test
  void aCrashUnwindsEveryThreadOfTheNodeAndNoOther() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<String> unwound = new ArrayList<>();
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        SimulatedNode node = world.node("n1");
        world.run(() -> {
          Scheduler scheduler = node.scheduler();
          List<Scheduler.Task> tasks = new ArrayList<>();
          tasks.add(start(scheduler, "waiting", unwound, w -> w.await(Waiter.FOREVER)));
          tasks.add(start(scheduler, "timed", unwound, w -> w.await(1_000 * MILLISECOND)));
          tasks.add(start(scheduler, "forcing", unwound, w -> force(node.disk())));
          boolean[] timer = new boolean[1];
          scheduler.after(10 * MILLISECOND, "timer", () -> timer[0] = true);
          Scheduler.Task survivor = world.scheduler().start("client", () -> {});
          world.sleep(MILLISECOND);
          node.crash(CrashMode.LOST);
          tasks.forEach(Scheduler.Task::join);
          survivor.join();
          world.sleep(100 * MILLISECOND);
          assertThat(timer[0]).isFalse();
          assertThatThrownBy(scheduler::newWaiter).isInstanceOf(SimulatedCrash.class);
        });
      }
      assertThat(unwound).containsExactlyInAnyOrder("waiting", "timed", "forcing");
    }
  }

  @Test
  void aClientThatWaitsInADeadNodeIsWoken() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n1");
      world.run(() -> {
        Waiter waiter = node.scheduler().newWaiter();
        world.scheduler().after(MILLISECOND, "power off", () -> node.crash(CrashMode.LOST));
        assertThatThrownBy(() -> waiter.await(Waiter.FOREVER)).isInstanceOf(SimulatedCrash.class);
      });
    }
  }

  @Test
  void theDisksCrashPointKillsTheNode() {
    try (SimulatedWorld world = new SimulatedWorld(3)) {
      SimulatedNode node = world.node("n1");
      node.disk().crashAt(20);
      List<String> unwound = new ArrayList<>();
      world.run(() -> {
        Scheduler scheduler = node.scheduler();
        SimulatedDisk disk = node.disk();
        Scheduler.Task waiting = start(scheduler, "waiting", unwound, w -> w.await(Waiter.FOREVER));
        Scheduler.Task forcing = start(scheduler, "forcing", unwound, w -> force(disk));
        waiting.join();
        forcing.join();
        assertThat(node.isAlive()).isFalse();
        node.crash(CrashMode.KEPT);
        assertThat(node.isAlive()).isTrue();
        assertThat(node.disk().exists("log")).isTrue();
      });
      assertThat(unwound).containsExactlyInAnyOrder("waiting", "forcing");
    }
  }

  @Test
  void aThreadThatOutlivesItsCrashFailsTheRun() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n1");
      assertThatExceptionOfType(SimulationFailure.class)
          .isThrownBy(() ->
              world.run(() -> {
                Waiter waiter = node.scheduler().newWaiter();
                Scheduler.Task task = node.scheduler().start("immortal", () -> waitForEver(waiter));
                world.sleep(MILLISECOND);
                node.crash(CrashMode.LOST);
                task.join();
              }))
          .withMessageContaining("immortal");
    }
  }

  private static void waitForEver(Waiter waiter) {
    int ignored = 0;
    while (ignored >= 0) {
      try {
        waiter.await(Waiter.FOREVER);
      } catch (SimulatedCrash crash) {
        ignored++;
      }
    }
  }

  @Test
  void aPausedNodeStandsStillWhileOthersRun() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n1");
      world.run(() -> {
        long[] ended = new long[2];
        node.scheduler()
            .start(
                "paused",
                () -> {
                  node.scheduler().newWaiter().await(MILLISECOND);
                  ended[0] = world.nowNanos();
                });
        Scheduler.Task other =
            world
                .node("n2")
                .scheduler()
                .start(
                    "other",
                    () -> {
                      world.node("n2").scheduler().newWaiter().await(MILLISECOND);
                      ended[1] = world.nowNanos();
                    });
        node.pause(500 * MILLISECOND);
        other.join();
        assertThat(ended[1]).isBetween(MILLISECOND, 100 * MILLISECOND);
        world.sleep(600 * MILLISECOND);
        assertThat(ended[0]).isGreaterThanOrEqualTo(500 * MILLISECOND);
      });
    }
  }

  @Test
  void aTimerThatAPauseHoldsBackCanStillBeCanceled() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n1");
      world.run(() -> {
        List<String> ran = new ArrayList<>();
        Scheduler.Timer timer =
            node.scheduler().after(MILLISECOND, "canceled", () -> ran.add("canceled"));
        node.scheduler().after(MILLISECOND, "late", () -> ran.add("late"));
        node.pause(500 * MILLISECOND);
        world.sleep(100 * MILLISECOND);
        assertThat(ran).isEmpty();
        timer.cancel();
        world.sleep(500 * MILLISECOND);
        assertThat(ran).containsExactly("late");
      });
    }
  }

  @Test
  void othersRunWhileAForceLasts() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n1");
      world.run(() -> {
        boolean[] ran = new boolean[1];
        try (DiskFile file = node.disk().create("a")) {
          world.scheduler().start("other", () -> ran[0] = true);
          long before = world.nowNanos();
          file.force();
          assertThat(world.nowNanos() - before).isGreaterThanOrEqualTo(20_000);
        }
        assertThat(ran[0]).isTrue();
      });
    }
  }

  @Test
  void aDiskErrorDoesNotKillTheNode() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n1");
      node.disk().faults().failCall(0, io.distdb.testkit.disk.DiskFaults.Failure.IO_ERROR);
      world.run(() ->
          assertThatExceptionOfType(DistDbException.class)
              .isThrownBy(() -> node.disk().create("a"))
              .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.IO_ERROR)));
      assertThat(node.isAlive()).isTrue();
    }
  }

  private static Scheduler.Task start(
      Scheduler scheduler,
      String name,
      List<String> unwound,
      java.util.function.Consumer<Waiter> body) {
    return scheduler.start(
        name,
        () -> {
          try {
            body.accept(scheduler.newWaiter());
          } catch (SimulatedCrash crash) {
            unwound.add(name);
            throw crash;
          }
        });
  }

  private static void force(SimulatedDisk disk) {
    try (DiskFile file = disk.create("log")) {
      while (true) {
        file.write(file.size(), ByteBuffer.allocate(100));
        file.force();
      }
    }
  }
}
