// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.KeyRange;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LockTableTest {
  private static final long SPACE = 1;
  private static final Bytes KEY = Bytes.utf8("k");

  private final LockTable table = new LockTable(Clock.system());
  private final Scheduler scheduler = Scheduler.threads();
  private final List<Long> granted = new CopyOnWriteArrayList<>();
  private long ages;

  private final class Client implements LockClient {
    private final Waiter waiter = scheduler.newWaiter();
    private volatile boolean cancelled;

    @Override
    public Waiter waiter() {
      return waiter;
    }

    @Override
    public void checkWait() {
      if (cancelled) {
        throw new DistDbException(ErrorCode.QUERY_CANCELED, "cancelled");
      }
    }
  }

  private LockOwner owner() {
    return new LockOwner(new Client(), ++ages);
  }

  private LockAnswer lock(LockOwner owner, LockStrength strength) {
    return table.lock(owner, SPACE, KEY, strength, WaitPolicy.WAIT, 0);
  }

  /** Starts the request in a thread of its own and returns once it waits. */
  private CompletableFuture<LockAnswer> waiting(LockOwner owner, LockStrength strength) {
    CompletableFuture<LockAnswer> future =
        CompletableFuture.supplyAsync(
            () -> {
              LockAnswer answer = lock(owner, strength);
              granted.add(owner.age());
              return answer;
            },
            command -> scheduler.start("lock", command));
    while (!table.waiting().contains(owner) && !future.isDone()) {
      Thread.onSpinWait();
    }
    return future;
  }

  private static LockAnswer done(CompletableFuture<LockAnswer> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  @Test
  void theQueueIsFirstInFirstOut() throws Exception {
    LockOwner first = owner();
    LockOwner second = owner();
    LockOwner third = owner();
    lock(first, LockStrength.EXCLUSIVE);
    CompletableFuture<LockAnswer> secondWaits = waiting(second, LockStrength.EXCLUSIVE);
    CompletableFuture<LockAnswer> thirdWaits = waiting(third, LockStrength.EXCLUSIVE);
    table.releaseAll(first);
    assertThat(done(secondWaits)).isEqualTo(LockAnswer.WAITED);
    assertThat(thirdWaits).isNotDone();
    table.releaseAll(second);
    assertThat(done(thirdWaits)).isEqualTo(LockAnswer.WAITED);
    assertThat(granted).containsExactly(second.age(), third.age());
  }

  @Test
  void aSharerDoesNotOvertakeAWaitingWriter() {
    LockOwner first = owner();
    lock(first, LockStrength.SHARED);
    CompletableFuture<LockAnswer> writer = waiting(owner(), LockStrength.EXCLUSIVE);
    assertThat(table.lock(owner(), SPACE, KEY, LockStrength.SHARED, WaitPolicy.SKIP, 0))
        .isEqualTo(LockAnswer.REFUSED);
    table.releaseAll(first);
    assertThat(writer.join()).isEqualTo(LockAnswer.WAITED);
  }

  @Test
  void anUpgradeGoesAheadOfTheQueue() throws Exception {
    LockOwner first = owner();
    LockOwner second = owner();
    LockOwner third = owner();
    lock(first, LockStrength.SHARED);
    lock(second, LockStrength.SHARED);
    CompletableFuture<LockAnswer> stranger = waiting(third, LockStrength.EXCLUSIVE);
    CompletableFuture<LockAnswer> upgrade = waiting(second, LockStrength.EXCLUSIVE);
    table.releaseAll(first);
    assertThat(done(upgrade)).isEqualTo(LockAnswer.WAITED);
    assertThat(stranger).isNotDone();
    table.releaseAll(second);
    assertThat(done(stranger)).isEqualTo(LockAnswer.WAITED);
  }

  @Test
  void twoUpgradesAreADeadlockAndTheYoungerLoses() throws Exception {
    LockOwner older = owner();
    LockOwner younger = owner();
    lock(older, LockStrength.SHARED);
    lock(younger, LockStrength.SHARED);
    CompletableFuture<LockAnswer> loser = waiting(younger, LockStrength.EXCLUSIVE);
    CompletableFuture<LockAnswer> winner = waiting(older, LockStrength.EXCLUSIVE);
    assertThatThrownBy(() -> done(loser))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            DistDbException.class,
            deadlock -> {
              assertThat(deadlock.code()).isEqualTo(ErrorCode.DEADLOCK_DETECTED);
              assertThat(deadlock.getMessage()).contains("transaction 1", "transaction 2");
            });
    table.releaseAll(younger);
    assertThat(done(winner)).isEqualTo(LockAnswer.WAITED);
  }

  @Test
  void aTimeoutLeavesNothingBehind() {
    LockOwner holder = owner();
    lock(holder, LockStrength.EXCLUSIVE);
    LockOwner late = owner();
    assertThatThrownBy(
            () -> table.lock(late, SPACE, KEY, LockStrength.SHARED, WaitPolicy.WAIT, 1_000_000))
        .isInstanceOfSatisfying(
            DistDbException.class,
            timeout -> assertThat(timeout.code()).isEqualTo(ErrorCode.LOCK_NOT_AVAILABLE));
    table.releaseAll(holder);
    assertThat(table.size()).isZero();
  }

  @Test
  void aCancelledWaiterLetsThoseBehindItThrough() throws Exception {
    LockOwner holder = owner();
    LockOwner writer = owner();
    lock(holder, LockStrength.SHARED);
    CompletableFuture<LockAnswer> blocked = waiting(writer, LockStrength.EXCLUSIVE);
    CompletableFuture<LockAnswer> sharer = waiting(owner(), LockStrength.SHARED);
    ((Client) writer.client()).cancelled = true;
    writer.wake();
    assertThatThrownBy(() -> done(blocked)).isInstanceOf(ExecutionException.class);
    assertThat(done(sharer)).isEqualTo(LockAnswer.WAITED);
  }

  @Test
  void anExpiredTableEndsAllWaits() {
    lock(owner(), LockStrength.EXCLUSIVE);
    CompletableFuture<LockAnswer> blocked = waiting(owner(), LockStrength.EXCLUSIVE);
    table.expire("the term is over");
    assertThatThrownBy(() -> done(blocked))
        .cause()
        .isInstanceOfSatisfying(
            DistDbException.class,
            expired -> assertThat(expired.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE));
  }

  @Test
  void aRangeKeepsWritersOutOfAbsentKeys() throws Exception {
    LockOwner scanner = owner();
    table.lockRange(
        scanner,
        SPACE,
        new KeyRange(Bytes.utf8("a"), Bytes.utf8("z")),
        RangeMode.SHARED,
        WaitPolicy.WAIT,
        0);
    CompletableFuture<LockAnswer> writer = waiting(owner(), LockStrength.EXCLUSIVE);
    assertThat(writer).isNotDone();
    table.releaseAll(scanner);
    assertThat(done(writer)).isEqualTo(LockAnswer.WAITED);
  }

  @Test
  void theHolderOfAKeyIsNotHeldUpByTheRangeThatWaitsForIt() {
    LockOwner writer = owner();
    lock(writer, LockStrength.EXCLUSIVE);
    LockOwner scanner = owner();
    CompletableFuture<LockAnswer> scan =
        CompletableFuture.supplyAsync(
            () ->
                table.lockRange(scanner, SPACE, KeyRange.ALL, RangeMode.SHARED, WaitPolicy.WAIT, 0),
            command -> scheduler.start("scan", command));
    while (!table.waiting().contains(scanner)) {
      Thread.onSpinWait();
    }
    assertThat(
            table.lock(
                writer, SPACE, Bytes.utf8("l"), LockStrength.EXCLUSIVE, WaitPolicy.NO_WAIT, 0))
        .isEqualTo(LockAnswer.GRANTED);
    assertThat(
            table.lock(
                owner(), SPACE, Bytes.utf8("m"), LockStrength.EXCLUSIVE, WaitPolicy.NO_WAIT, 0))
        .as("a stranger queues behind the range")
        .isEqualTo(LockAnswer.REFUSED);
    table.releaseAll(writer);
    assertThat(scan.join()).isEqualTo(LockAnswer.WAITED);
  }

  @Test
  void manyRangesBecomeOne() {
    LockOwner scanner = owner();
    for (int i = 0; i < 10 * LockTable.RANGES_PER_OWNER_MAX; i++) {
      Bytes from = Bytes.of(i >>> 8, i & 0xff);
      table.lockRange(scanner, SPACE, KeyRange.only(from), RangeMode.SHARED, WaitPolicy.WAIT, 0);
    }
    assertThat(table.size()).isLessThanOrEqualTo(LockTable.RANGES_PER_OWNER_MAX);
    assertThat(
            table.lock(owner(), SPACE, Bytes.of(1, 7), LockStrength.EXCLUSIVE, WaitPolicy.SKIP, 0))
        .isEqualTo(LockAnswer.REFUSED);
    table.releaseAll(scanner);
    assertThat(table.size()).isZero();
  }

  @Test
  void whoKeepsApartExcludesReadersAndNoOtherWriter() {
    LockOwner loader = owner();
    table.lockRange(loader, SPACE, KeyRange.ALL, RangeMode.APART, WaitPolicy.NO_WAIT, 0);
    assertThat(range(owner(), RangeMode.APART)).isEqualTo(LockAnswer.GRANTED);
    LockOwner writer = owner();
    assertThat(key(writer, LockStrength.EXCLUSIVE)).isEqualTo(LockAnswer.GRANTED);
    assertThat(key(loader, LockStrength.EXCLUSIVE)).isEqualTo(LockAnswer.REFUSED);
    table.releaseAll(writer);
    assertThat(key(owner(), LockStrength.SHARED)).isEqualTo(LockAnswer.REFUSED);
    assertThat(range(owner(), RangeMode.SHARED)).isEqualTo(LockAnswer.REFUSED);
    assertThat(range(owner(), RangeMode.EXCLUSIVE)).isEqualTo(LockAnswer.REFUSED);
  }

  private LockAnswer range(LockOwner owner, RangeMode mode) {
    return table.lockRange(owner, SPACE, KeyRange.ALL, mode, WaitPolicy.NO_WAIT, 0);
  }

  private LockAnswer key(LockOwner owner, LockStrength strength) {
    return table.lock(owner, SPACE, Bytes.utf8("k"), strength, WaitPolicy.NO_WAIT, 0);
  }
}
