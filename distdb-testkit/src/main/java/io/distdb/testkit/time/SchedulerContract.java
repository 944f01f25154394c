// SPDX-License-Identifier: MIT
package io.distdb.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Scheduler} keeps. Extend it in the adapter's tests. No test depends on how fast
 * the machine is: a wait that must end has no limit, a wait that must run out checks that it did
 * not end early.
 */
public abstract class SchedulerContract {
  private static final long MILLISECOND = 1_000_000;

  /** Runs {@code body} in a thread that may wait, and rethrows what it throws. */
  protected abstract void run(Body body);

  /** Something to do with a scheduler and the clock that its times are of. */
  @FunctionalInterface
  public interface Body {
    void run(Scheduler scheduler, Clock clock);
  }

  @Test
  void aSignalWakesTheWaiterAndShowsWhatWasWritten() {
    run((scheduler, clock) -> {
      Waiter waiter = scheduler.newWaiter();
      int[] written = new int[1];
      scheduler.start(
          "signaller",
          () -> {
            written[0] = 42;
            waiter.signal();
          });
      assertThat(waiter.await(Waiter.FOREVER)).isTrue();
      assertThat(written[0]).isEqualTo(42);
    });
  }

  @Test
  void aSignalThatComesFirstIsKeptOnce() {
    run((scheduler, clock) -> {
      Waiter waiter = scheduler.newWaiter();
      waiter.signal();
      waiter.signal();
      assertThat(waiter.await(Waiter.FOREVER)).isTrue();
      assertThat(waiter.await(MILLISECOND)).isFalse();
    });
  }

  @Test
  void aKeptSignalIsTakenWithoutTime() {
    run((scheduler, clock) -> {
      Waiter waiter = scheduler.newWaiter();
      waiter.signal();
      assertThat(waiter.await(0)).isTrue();
      assertThat(waiter.await(0)).isFalse();
    });
  }

  @Test
  void aWaitRunsOutNotBeforeItsTime() {
    run((scheduler, clock) -> {
      Waiter waiter = scheduler.newWaiter();
      long before = clock.nanoTime();
      assertThat(waiter.await(5 * MILLISECOND)).isFalse();
      assertThat(clock.nanoTime() - before).isGreaterThanOrEqualTo(5 * MILLISECOND);
      assertThat(waiter.awaitUninterruptibly(MILLISECOND)).isFalse();
    });
  }

  @Test
  void anInterruptEndsAWaitAndStaysSet() {
    run((scheduler, clock) -> {
      AtomicReference<Thread> thread = new AtomicReference<>();
      AtomicReference<DistDbException> caught = new AtomicReference<>();
      AtomicBoolean status = new AtomicBoolean();
      Waiter ready = scheduler.newWaiter();
      Waiter never = scheduler.newWaiter();
      Scheduler.Task task =
          scheduler.start(
              "interrupted",
              () -> {
                thread.set(Thread.currentThread());
                ready.signal();
                try {
                  never.await(Waiter.FOREVER);
                } catch (DistDbException canceled) {
                  caught.set(canceled);
                  status.set(Thread.currentThread().isInterrupted());
                }
              });
      ready.await(Waiter.FOREVER);
      thread.get().interrupt();
      task.join();
      assertThat(caught.get().code()).isEqualTo(ErrorCode.QUERY_CANCELED);
      assertThat(status).isTrue();
    });
  }

  @Test
  void anUninterruptibleWaitKeepsTheInterruptForLater() {
    run((scheduler, clock) -> {
      AtomicReference<Thread> thread = new AtomicReference<>();
      List<Object> seen = Collections.synchronizedList(new ArrayList<>());
      Waiter ready = scheduler.newWaiter();
      Waiter waiter = scheduler.newWaiter();
      Scheduler.Task task =
          scheduler.start(
              "waiting",
              () -> {
                thread.set(Thread.currentThread());
                ready.signal();
                seen.add(waiter.awaitUninterruptibly(Waiter.FOREVER));
                seen.add(Thread.currentThread().isInterrupted());
              });
      ready.await(Waiter.FOREVER);
      thread.get().interrupt();
      assertThat(ready.await(2 * MILLISECOND)).isFalse();
      assertThat(seen).isEmpty();
      waiter.signal();
      task.join();
      assertThat(seen).containsExactly(true, true);
    });
  }

  @Test
  void anInterruptedThreadDoesNotBeginToWait() {
    run((scheduler, clock) -> {
      Waiter waiter = scheduler.newWaiter();
      Thread.currentThread().interrupt();
      try {
        assertThatExceptionOfType(DistDbException.class)
            .isThrownBy(() -> waiter.await(Waiter.FOREVER))
            .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.QUERY_CANCELED));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    });
  }

  @Test
  void joinWaitsForTheEnd() {
    run((scheduler, clock) -> {
      AtomicInteger ended = new AtomicInteger();
      List<Scheduler.Task> tasks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        tasks.add(
            scheduler.start(
                "task-" + i,
                () -> {
                  scheduler.newWaiter().await(MILLISECOND);
                  ended.incrementAndGet();
                }));
      }
      tasks.forEach(Scheduler.Task::join);
      assertThat(ended).hasValue(20);
      tasks.forEach(Scheduler.Task::join);
    });
  }

  @Test
  void aTimerRunsOnceAndNotBeforeItsTime() {
    run((scheduler, clock) -> {
      Waiter waiter = scheduler.newWaiter();
      AtomicInteger runs = new AtomicInteger();
      long before = clock.nanoTime();
      scheduler.after(
          3 * MILLISECOND,
          "timer",
          () -> {
            runs.incrementAndGet();
            waiter.signal();
          });
      assertThat(waiter.await(Waiter.FOREVER)).isTrue();
      assertThat(clock.nanoTime() - before).isGreaterThanOrEqualTo(3 * MILLISECOND);
      assertThat(waiter.await(5 * MILLISECOND)).isFalse();
      assertThat(runs).hasValue(1);
    });
  }

  @Test
  void timersRunInTheOrderOfTheirTimes() {
    untilSetInTime(
        60 * MILLISECOND,
        (scheduler, clock) -> {
          List<Integer> order = Collections.synchronizedList(new ArrayList<>());
          Waiter waiter = scheduler.newWaiter();
          long before = clock.nanoTime();
          scheduler.after(
              60 * MILLISECOND,
              "late",
              () -> {
                order.add(2);
                waiter.signal();
              });
          scheduler.after(MILLISECOND, "early", () -> order.add(1));
          long taken = clock.nanoTime() - before;
          waiter.await(Waiter.FOREVER);
          return new Setting(taken, () -> assertThat(order).containsExactly(1, 2));
        });
  }

  @Test
  void aCanceledTimerDoesNotRun() {
    untilSetInTime(
        50 * MILLISECOND,
        (scheduler, clock) -> {
          AtomicBoolean ran = new AtomicBoolean();
          Waiter waiter = scheduler.newWaiter();
          long before = clock.nanoTime();
          Scheduler.Timer timer =
              scheduler.after(50 * MILLISECOND, "canceled", () -> ran.set(true));
          timer.cancel();
          timer.cancel();
          long taken = clock.nanoTime() - before;
          scheduler.after(100 * MILLISECOND, "afterwards", waiter::signal);
          waiter.await(Waiter.FOREVER);
          return new Setting(taken, () -> assertThat(ran).isFalse());
        });
  }

  /** What a try set up, in how many nanoseconds, and what must hold if that was quick enough. */
  private record Setting(long taken, Runnable check) {}

  /**
   * A machine that stalls may let a timer run before the test has set or canceled the other: such a
   * try says nothing, and the next one is made.
   */
  private void untilSetInTime(long limit, BiFunction<Scheduler, Clock, Setting> attempt) {
    run((scheduler, clock) -> {
      Setting setting = attempt.apply(scheduler, clock);
      while (setting.taken() >= limit / 2) {
        setting = attempt.apply(scheduler, clock);
      }
      setting.check().run();
    });
  }

  @Test
  void twoThreadsPassAMessageBackAndForth() {
    run((scheduler, clock) -> {
      int rounds = 1_000;
      Waiter ping = scheduler.newWaiter();
      Waiter pong = scheduler.newWaiter();
      int[] count = new int[1];
      Scheduler.Task other =
          scheduler.start(
              "other",
              () -> {
                for (int i = 0; i < rounds; i++) {
                  ping.await(Waiter.FOREVER);
                  count[0]++;
                  pong.signal();
                }
              });
      for (int i = 0; i < rounds; i++) {
        ping.signal();
        pong.await(Waiter.FOREVER);
        assertThat(count[0]).isEqualTo(i + 1);
      }
      other.join();
    });
  }
}
