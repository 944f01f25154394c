// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.KeyRange;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.simulation.SeedRunner;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Owners that take random locks in random order and let them go: never two that conflict at once,
 * no wait that nothing ends (the world would report it), victims are the youngest of a real cycle.
 */
class LockTableSimulationTest {
  private static final long SPACE = 5;
  private static final int OWNERS = 6;
  private static final int ROUNDS = 12;

  private record Lock(KeyRange range, boolean exclusive) {
    boolean conflicts(Lock other) {
      return (exclusive || other.exclusive) && range.overlaps(other.range);
    }
  }

  /** What the test knows of an owner; one thread runs at a time. */
  private static final class Session implements LockClient {
    final List<Lock> held = new ArrayList<>();

    /** All that it ever asked for; stays when it has ended. */
    final List<Lock> asked = new ArrayList<>();

    final Waiter waiter;
    final long age;

    Session(Waiter waiter, long age) {
      this.waiter = waiter;
      this.age = age;
    }

    @Override
    public Waiter waiter() {
      return waiter;
    }

    @Override
    public void checkWait() {
      // Nobody cancels.
    }
  }

  @Test
  void locksExcludeAndDeadlocksEnd() {
    int[] victims = new int[1];
    SeedRunner.of(getClass(), "locksExcludeAndDeadlocksEnd")
        .run(150, seed -> simulate(seed, victims));
    assertThat(victims[0]).as("deadlocks in all runs").isPositive();
  }

  private static long simulate(long seed, int[] victims) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SimulatedNode node = world.node("n");
      LockTable table = new LockTable(node.clock());
      List<Session> sessions = new ArrayList<>();
      long[] ages = new long[1];
      world.run(() -> {
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
          SeededRandom random = world.random("owner " + i);
          tasks.add(
              node.scheduler()
                  .start(
                      "owner-" + i,
                      () -> {
                        for (int round = 0; round < ROUNDS; round++) {
                          Session session = new Session(node.scheduler().newWaiter(), ++ages[0]);
                          sessions.add(session);
                          run(world, table, session, sessions, random, victims);
                        }
                      }));
        }
        tasks.forEach(Scheduler.Task::join);
      });
      assertThat(table.size()).isZero();
      return world.traceHash();
    }
  }

  private static void run(
      SimulatedWorld world,
      LockTable table,
      Session session,
      List<Session> sessions,
      SeededRandom random,
      int[] victims) {
    LockOwner owner = new LockOwner(session, session.age);
    try {
      for (int i = random.below(5); i >= 0; i--) {
        Lock lock = pick(random);
        session.asked.add(lock);
        take(table, owner, lock);
        for (Session other : sessions) {
          assertThat(other == session || other.held.stream().noneMatch(lock::conflicts))
              .as("transaction %d got %s beside transaction %d", session.age, lock, other.age)
              .isTrue();
        }
        session.held.add(lock);
        world.preempt();
      }
    } catch (DistDbException deadlock) {
      assertThat(deadlock.code()).isEqualTo(ErrorCode.DEADLOCK_DETECTED);
      victims[0]++;
      checkCycle(deadlock.getMessage(), session, sessions);
    }
    session.held.clear();
    table.releaseAll(owner);
    world.preempt();
  }

  private static Lock pick(SeededRandom random) {
    boolean exclusive = random.chance(0.5);
    int from = random.below(5);
    int length = random.chance(0.3) ? 1 + random.below(3) : 0;
    KeyRange range =
        length == 0
            ? KeyRange.only(Bytes.of(from))
            : new KeyRange(Bytes.of(from), Bytes.of(from + length));
    return new Lock(range, exclusive);
  }

  private static void take(LockTable table, LockOwner owner, Lock lock) {
    LockStrength strength = lock.exclusive ? LockStrength.EXCLUSIVE : LockStrength.SHARED;
    if (lock.range.to().length() == 2) {
      table.lock(owner, SPACE, lock.range.from(), strength, WaitPolicy.WAIT, 0);
    } else {
      RangeMode mode = lock.exclusive ? RangeMode.EXCLUSIVE : RangeMode.SHARED;
      table.lockRange(owner, SPACE, lock.range, mode, WaitPolicy.WAIT, 0);
    }
  }

  /**
   * The message tells the cycle: each hop asked for what the next one had, or had asked for. By now
   * some may have got it, or have ended as victims of another cycle.
   */
  private static void checkCycle(String message, Session victim, List<Session> sessions) {
    List<Session> cycle = new ArrayList<>();
    Matcher matcher = Pattern.compile("transaction (\\d+)").matcher(message);
    while (matcher.find()) {
      long age = Long.parseLong(matcher.group(1));
      sessions.stream().filter(session -> session.age == age).findFirst().ifPresent(cycle::add);
    }
    assertThat(cycle.size()).as(message).isGreaterThanOrEqualTo(3);
    assertThat(cycle.getFirst()).isSameAs(victim);
    assertThat(cycle.getLast()).isSameAs(victim);
    for (int i = 0; i + 1 < cycle.size(); i++) {
      Session waiting = cycle.get(i);
      Session blocker = cycle.get(i + 1);
      assertThat(
              waiting.asked.stream()
                  .anyMatch(lock -> blocker.asked.stream().anyMatch(lock::conflicts)))
          .as("hop %d of: %s", i, message)
          .isTrue();
      assertThat(waiting.age).as("the youngest is the victim").isLessThanOrEqualTo(victim.age);
    }
  }
}
