// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.replica.ShardCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Transactions of a node that does not lead, when it lags behind, when its user has no patience,
 * and when what it tells the leader is lost or late.
 */
@Timeout(300)
class GatewayFaultsTest {
  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes OTHER_KEY = Bytes.utf8("other");

  private final MovableClock clock = new MovableClock();
  private TwoNodes nodes;
  private IndexId index;

  @BeforeEach
  void open() {
    nodes = new TwoNodes(clock, TestDatabase.LIMITS.withGarbageVersionsMin(0));
    index = nodes.manager().newIndexId();
    try (Transaction transaction = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      transaction.createIndex(index, IndexKind.BTREE);
      transaction.commit();
    }
    write("old");
    read(nodes.manager());
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private static Transaction begin(TransactionManager manager, IsolationLevel level) {
    return manager.begin(TransactionOptions.DEFAULT.withIsolation(level));
  }

  private void write(String value) {
    try (Transaction transaction = begin(nodes.leading(), IsolationLevel.READ_COMMITTED)) {
      transaction.put(index, KEY, Bytes.utf8(value));
      transaction.commit();
    }
  }

  private String read(TransactionManager manager) {
    try (Transaction transaction = begin(manager, IsolationLevel.READ_COMMITTED)) {
      return transaction.get(index, KEY).toUtf8();
    }
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private boolean somebodyWaitsForALock() {
    return nodes.leading().locks(0).stream().anyMatch(lock -> !lock.held());
  }

  /** Runs {@code step} in a thread of its own. */
  private static <T> CompletableFuture<T> beside(Supplier<T> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            result.complete(step.get());
          } catch (RuntimeException | Error thrown) {
            result.completeExceptionally(thrown);
          }
        });
    return result;
  }

  private static void assertCode(ErrorCode code, CompletableFuture<?> result) {
    ExecutionException failed = catchThrowableOfType(ExecutionException.class, result::get);
    assertThat(failed)
        .cause()
        .isInstanceOfSatisfying(
            DistDbException.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  private static void assertCode(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
    DistDbException error = catchThrowableOfType(DistDbException.class, step);
    assertThat(error).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
  }

  private RowLock lock(Transaction transaction, Bytes key) {
    return transaction.lock(index, key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
  }

  /** Waits for the lock of {@link #KEY}, which somebody has, and is cancelled. */
  private void waitInVain(Transaction transaction) {
    CompletableFuture<RowLock> waiting = beside(() -> lock(transaction, KEY));
    until(this::somebodyWaitsForALock);
    transaction.cancel();
    assertCode(ErrorCode.QUERY_CANCELED, waiting);
  }

  // --- locks ---

  @Test
  void aLockThatWasGrantedBehindACancelledWaitReadsWhatIsNew() throws Exception {
    nodes.faults().keepBack(Services.END);
    try (Transaction local = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
        Transaction remote = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      local.put(index, KEY, Bytes.utf8("new"));
      Savepoint before = remote.savepoint();
      waitInVain(remote);
      nodes.log().pause(TwoNodes.OTHER);
      local.commit();
      until(() -> !somebodyWaitsForALock());
      remote.rollbackTo(before);
      CompletableFuture<RowLock> again = beside(() -> lock(remote, KEY));
      until(() -> again.isDone() || nodes.manager().context().applied.isAwaited());
      nodes.log().resume(TwoNodes.OTHER);
      assertThat(((RowLock.Held) again.get()).value()).isEqualTo(Bytes.utf8("new"));
    }
  }

  @Test
  void aLockThatWasGrantedBehindACancelledWaitIsAConflictOfWhoReadTheOldRow() {
    nodes.faults().keepBack(Services.END);
    try (Transaction local = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
        Transaction remote = begin(nodes.manager(), IsolationLevel.REPEATABLE_READ)) {
      remote.get(index, KEY);
      local.put(index, KEY, Bytes.utf8("new"));
      Savepoint before = remote.savepoint();
      waitInVain(remote);
      local.commit();
      until(() -> !somebodyWaitsForALock());
      remote.rollbackTo(before);
      assertCode(ErrorCode.SERIALIZATION_FAILURE, () -> remote.put(index, KEY, Bytes.utf8("lost")));
    }
  }

  @Test
  void theNextRequestEndsAWaitThatWasGivenUp() {
    nodes.faults().keepBack(Services.END);
    try (Transaction local = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
        Transaction remote = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      local.put(index, KEY, Bytes.utf8("new"));
      Savepoint before = remote.savepoint();
      waitInVain(remote);
      remote.rollbackTo(before);
      assertThat(lock(remote, OTHER_KEY)).isInstanceOf(RowLock.Held.class);
      assertThat(somebodyWaitsForALock()).isFalse();
      remote.commit();
    }
  }

  @Test
  void theEndOfAWaitThatComesLateEndsNoOther() throws Exception {
    nodes.faults().keepBack(Services.END);
    try (Transaction local = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
        Transaction remote = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      local.put(index, KEY, Bytes.utf8("new"));
      Savepoint before = remote.savepoint();
      waitInVain(remote);
      remote.rollbackTo(before);
      lock(remote, OTHER_KEY);
      CompletableFuture<RowLock> again = beside(() -> lock(remote, KEY));
      until(this::somebodyWaitsForALock);
      nodes.faults().letThrough();
      local.commit();
      assertThat(((RowLock.Held) again.get()).value()).isEqualTo(Bytes.utf8("new"));
    }
  }

  @Test
  void whoIsNotHeardOfLosesItsWaitAsItsLocks() {
    nodes.faults().keepBack(Services.PING);
    try (Transaction local = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
        Transaction remote = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      local.put(index, KEY, Bytes.utf8("new"));
      CompletableFuture<RowLock> waiting = beside(() -> lock(remote, KEY));
      until(this::somebodyWaitsForALock);
      clock.moveMillis(4_000);
      assertCode(ErrorCode.SERIALIZATION_FAILURE, waiting);
    }
  }

  @Test
  void aLeaderThatClosesKeepsNobodyWaiting() {
    try (Transaction local = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
        Transaction remote = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      local.put(index, KEY, Bytes.utf8("new"));
      CompletableFuture<RowLock> waiting = beside(() -> lock(remote, KEY));
      until(this::somebodyWaitsForALock);
      nodes.leading().close();
      assertCode(ErrorCode.SERIALIZATION_FAILURE, waiting);
    }
  }

  // --- commits ---

  @Test
  void aDoubtOfAnEarlierLeadershipThatComesLateLeavesThoseOfThePresentOne() {
    CountDownLatch late = new CountDownLatch(1);
    Transaction early = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
    early.put(index, OTHER_KEY, Bytes.utf8("early"));
    CountDownLatch proposed = new CountDownLatch(1);
    nodes
        .log()
        .leaveUnanswered(command -> {
          proposed.countDown();
          await(late);
          return true;
        });
    CompletableFuture<Long> earlyEnd = beside(early::commit);
    await(proposed);
    nodes.loseLeader();
    nodes.log().lead(TwoNodes.LEADER);
    nodes.log().leaveUnanswered(ShardCommand.Commit.class::isInstance);
    try (Transaction doubtful = begin(nodes.leading(), IsolationLevel.READ_COMMITTED);
        Transaction other = begin(nodes.leading(), IsolationLevel.READ_COMMITTED)) {
      doubtful.put(index, KEY, Bytes.utf8("doubtful"));
      assertCode(ErrorCode.COMMIT_OUTCOME_UNKNOWN, doubtful::commit);
      late.countDown();
      assertCode(ErrorCode.COMMIT_OUTCOME_UNKNOWN, earlyEnd);
      assertThat(other.lock(index, KEY, LockStrength.EXCLUSIVE, WaitPolicy.SKIP))
          .isInstanceOf(RowLock.Skipped.class);
      assertThat(other.lock(index, OTHER_KEY, LockStrength.EXCLUSIVE, WaitPolicy.SKIP))
          .isInstanceOf(RowLock.Held.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ends) {
      throw new IllegalStateException(ends);
    }
  }

  @Test
  void anInterruptedCommitIsKnown() {
    try (Transaction remote = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      remote.put(index, KEY, Bytes.utf8("new"));
      Thread.currentThread().interrupt();
      remote.commit();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(read(nodes.leading())).isEqualTo("new");
  }

  @Test
  void aCommitWithoutATimestampIsKnownToBeNone() {
    nodes.log().leaveUnanswered(ShardCommand.ExtendTimestampBound.class::isInstance);
    for (TransactionManager manager : new TransactionManager[] {nodes.leading(), nodes.manager()}) {
      try (Transaction transaction = begin(manager, IsolationLevel.READ_COMMITTED)) {
        transaction.put(index, KEY, Bytes.utf8("new"));
        clock.moveMillis(60_000);
        assertCode(ErrorCode.SERIALIZATION_FAILURE, transaction::commit);
      }
    }
    nodes.log().leaveUnanswered(command -> false);
    assertThat(read(nodes.leading())).isEqualTo("old");
  }

  // --- snapshots and garbage ---

  /** The leader has led for long, and is told nothing of who reads where. */
  private void beginUnheard() {
    nodes.faults().keepBack(Services.PING);
    clock.moveMillis(11_000);
  }

  private void collect() {
    clock.moveMillis(1);
    write("new");
    write("newer");
    nodes.leading().collectGarbage();
    read(nodes.manager());
  }

  @Test
  void aSnapshotThatWasJustHandedOutIsKeptUnheardAndNotForEver() {
    beginUnheard();
    try (Transaction remote = begin(nodes.manager(), IsolationLevel.REPEATABLE_READ)) {
      remote.snapshot();
      collect();
      assertThat(remote.get(index, KEY)).isEqualTo(Bytes.utf8("old"));
      clock.moveMillis(4_000);
      collect();
      assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> remote.get(index, KEY));
    }
  }

  @Test
  void aSnapshotIsTooOldForWhatWasDroppedAndIsForgotten() {
    beginUnheard();
    try (Transaction remote = begin(nodes.manager(), IsolationLevel.REPEATABLE_READ);
        Transaction drops = begin(nodes.leading(), IsolationLevel.READ_COMMITTED)) {
      remote.snapshot();
      clock.moveMillis(4_000);
      drops.dropIndex(index);
      drops.commit();
      assertThat(remote.get(index, KEY)).isEqualTo(Bytes.utf8("old"));
      nodes.leading().timestamps().next();
      nodes.leading().collectGarbage();
      nodes.manager().settle();
      assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> remote.get(index, KEY));
    }
  }

  @Test
  void whoReadsInThePastSaysSo() {
    long past = nodes.leading().settle();
    LeaseKeeper leases = nodes.manager().context().gateway().leases();
    until(() -> !leases.isKeeping());
    try (Transaction remote = nodes.manager().beginAt(past, TransactionOptions.DEFAULT)) {
      assertThat(leases.isKeeping()).isTrue();
      assertThat(remote.get(index, KEY)).isEqualTo(Bytes.utf8("old"));
    }
  }

  @Test
  void theNextLeaderHearsWhatIsReadWhereTheLastOneWas() {
    LeaseKeeper leases = nodes.leading().context().gateway().leases();
    try (Transaction reader = begin(nodes.leading(), IsolationLevel.REPEATABLE_READ)) {
      reader.get(index, KEY);
      assertThat(leases.isKeeping()).isFalse();
      nodes.changeLeader();
      assertThat(leases.isKeeping()).isTrue();
    }
  }

  @Test
  void aNewerSnapshotLeavesThePinOfAnOpenCursor() {
    TransactionOptions stale =
        TransactionOptions.DEFAULT.withReadOnly(true).withReadMode(ReadMode.BOUNDED_STALENESS);
    try (Transaction reader = nodes.manager().begin(stale)) {
      long first = reader.snapshot();
      try (IndexCursor cursor = reader.range(index, KeyRange.ALL, Direction.FORWARD)) {
        clock.moveMillis(2_000);
        write("new");
        reader.beginStatement();
        assertThat(reader.get(index, KEY)).isEqualTo(Bytes.utf8("new"));
        assertThat(((SnapshotTransaction) reader).pinned - 1).isEqualTo(first);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.value()).isEqualTo(Bytes.utf8("old"));
      }
    }
  }

  @Test
  void aReplicaThatIsReplacedUnderAReaderDoesNotShowItAnotherTime() {
    beginUnheard();
    try (Transaction remote = begin(nodes.manager(), IsolationLevel.REPEATABLE_READ)) {
      remote.snapshot();
      nodes.log().pause(TwoNodes.OTHER);
      clock.moveMillis(5_000);
      write("new");
      write("newer");
      nodes.leading().collectGarbage();
      CompletableFuture<CompletableFuture<Bytes>> during = new CompletableFuture<>();
      nodes.afterRestore(() -> {
        CompletableFuture<Bytes> read = beside(() -> remote.get(index, KEY));
        until(() -> read.isDone() || nodes.manager().context().applied.isAwaited());
        during.complete(read);
      });
      nodes.log().install(TwoNodes.LEADER, TwoNodes.OTHER);
      assertCode(ErrorCode.SNAPSHOT_TOO_OLD, during.join());
    }
    assertThat(read(nodes.manager())).isEqualTo("newer");
  }
}
