// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of many new entries: {@link Transaction#putAll}. */
@Timeout(60)
public abstract class RunContract extends TransactionFixture {
  /** So many are locked as a range. */
  private static final int MANY = 3000;

  private static final int FEW = 5;

  // --- what is written ---

  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void aRunIsSeenByItsWriterAtOnceAndByOthersFromTheCommit(IsolationLevel level) {
    for (int count : new int[] {FEW, MANY}) {
      IndexId own = create(IndexKind.BTREE);
      try (Transaction loader = begin(level);
          Transaction before = begin(IsolationLevel.REPEATABLE_READ)) {
        assertThat(size(before, own)).isZero();
        assertThat(loader.putAll(own, run(0, count, 2), true)).isEqualTo(-1);
        assertThat(size(loader, own)).isEqualTo(count);
        assertThat(loader.get(own, key(2))).isEqualTo(key(2));
        assertThat(loader.get(own, key(3))).isNull();
        try (Transaction other = begin(IsolationLevel.READ_COMMITTED)) {
          assertThat(size(other, own)).isZero();
        }
        loader.commit();
        assertThat(size(before, own)).isZero();
      }
      assertThat(size(own)).isEqualTo(count);
    }
  }

  @Test
  void whatComesBehindARunHidesIt() {
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      loader.putAll(index, run(0, MANY, 1), true);
      loader.put(index, key(7), Bytes.utf8("changed"));
      loader.delete(index, key(8));
      loader.put(index, key(MANY + 1), Bytes.utf8("more"));
      assertThat(loader.get(index, key(7))).isEqualTo(Bytes.utf8("changed"));
      assertThat(loader.get(index, key(8))).isNull();
      assertThat(size(loader, index)).isEqualTo(MANY);
      loader.commit();
    }
    assertThat(get(key(7))).isEqualTo(Bytes.utf8("changed"));
    assertThat(get(key(8))).isNull();
    assertThat(size(index)).isEqualTo(MANY);
    home.restart();
    assertThat(get(key(7))).isEqualTo(Bytes.utf8("changed"));
    assertThat(get(key(8))).isNull();
    assertThat(size(index)).isEqualTo(MANY);
  }

  @Test
  void keysThatWereDeletedMayComeAgain() {
    load(0, MANY, 1);
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      for (int i = 0; i < MANY; i++) {
        loader.delete(index, key(i));
      }
      EntryRun again = new EntryRun();
      for (int i = 0; i < MANY; i++) {
        again.add(key(i).array(), new byte[] {1});
      }
      assertThat(loader.putAll(index, again, true)).isEqualTo(-1);
      assertThat(loader.get(index, key(5))).isEqualTo(Bytes.of(1));
      loader.commit();
    }
    assertThat(get(key(5))).isEqualTo(Bytes.of(1));
    assertThat(size(index)).isEqualTo(MANY);
  }

  @Test
  void hashIndexesTakeRuns() {
    IndexId hashed = create(IndexKind.HASH);
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      assertThat(loader.putAll(hashed, hashRun(0, MANY), true)).isEqualTo(-1);
      loader.commit();
    }
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      assertThat(loader.get(hashed, HashKey.of(key(9), Bytes.EMPTY))).isEqualTo(key(9));
      assertThat(loader.putAll(hashed, hashRun(MANY - 1, MANY), true)).isZero();
    }
  }

  // --- duplicates ---

  @ParameterizedTest
  @ValueSource(ints = {FEW, MANY})
  void theFirstEntryWhoseKeyIsThereIsNamed(int count) {
    load(2, 1, 1);
    load(count - 1, 1, 1);
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      assertThat(loader.putAll(index, run(0, count, 1), true)).isEqualTo(2);
    }
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      EntryRun backwards = new EntryRun();
      for (int i = count - 1; i >= 0; i--) {
        backwards.add(key(i).array(), new byte[0]);
      }
      assertThat(loader.putAll(index, backwards, true)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {FEW, MANY})
  void aKeyThatComesTwiceIsNamed(int count) {
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      EntryRun run = run(0, count, 1);
      run.add(key(1).array(), new byte[0]);
      run.add(key(0).array(), new byte[0]);
      assertThat(loader.putAll(index, run, true)).isEqualTo(count);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {FEW, MANY})
  void ownWritesAreThereToo(int count) {
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      loader.put(index, key(3), Bytes.EMPTY);
      assertThat(loader.putAll(index, run(0, count, 1), true)).isEqualTo(3);
    }
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      loader.putAll(index, run(1, count, 2), true);
      assertThat(loader.putAll(index, run(2, count, 2), true)).isEqualTo(-1);
      assertThat(loader.putAll(index, run(0, count, 3), true)).isEqualTo(1);
    }
  }

  // --- savepoints and limits ---

  @Test
  void aSavepointTakesTheRunsBehindItAway() {
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      loader.putAll(index, run(0, MANY, 1), true);
      Savepoint savepoint = loader.savepoint();
      long bytes = loader.writtenBytes();
      loader.putAll(index, run(MANY, MANY, 1), true);
      loader.delete(index, key(1));
      assertThat(loader.writtenBytes()).isGreaterThan(bytes);
      loader.rollbackTo(savepoint);
      assertThat(loader.writtenBytes()).isEqualTo(bytes);
      assertThat(size(loader, index)).isEqualTo(MANY);
      assertThat(loader.putAll(index, run(MANY, MANY, 1), true)).isEqualTo(-1);
      loader.commit();
    }
    assertThat(size(index)).isEqualTo(2 * MANY);
  }

  @Test
  void aRunCountsTowardsTheLimitOfATransaction() {
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED)) {
      byte[] value = new byte[(int) (loader.writtenBytesMax() / MANY)];
      EntryRun run = new EntryRun();
      for (int i = 0; i < MANY; i++) {
        run.add(key(i).array(), value);
      }
      assertCode(ErrorCode.PROGRAM_LIMIT_EXCEEDED, () -> loader.putAll(index, run, true));
    }
    assertThat(size(index)).isZero();
  }

  // --- others ---

  @Test
  void writersWithinTheRangeWaitAndOthersDoNot() {
    try (Session loader = session(IsolationLevel.READ_COMMITTED);
        Session inside = session(IsolationLevel.READ_COMMITTED);
        Session outside = session(IsolationLevel.READ_COMMITTED)) {
      loader.run(load(run(0, MANY, 2)));
      var waits = inside.start(write(3));
      assertThat(waits.isDone()).isFalse();
      outside.run(write(2 * MANY + 1));
      assertThat(outside.commit()).isTrue();
      assertThat(loader.commit()).isTrue();
      assertThat(waits.result()).isEqualTo(-1);
      assertThat(inside.commit()).isTrue();
    }
    assertThat(size(index)).isEqualTo(MANY + 2);
  }

  @Test
  void runsWhoseKeysOtherLocksKeepApartDoNotWaitForEachOther() {
    try (Session loader = session(IsolationLevel.READ_COMMITTED);
        Session second = session(IsolationLevel.READ_COMMITTED);
        Session scanner = session(IsolationLevel.SERIALIZABLE)) {
      loader.run(t -> t.putAll(index, run(0, MANY, 2), false));
      int there = second.run(t -> t.putAll(index, run(1, MANY, 2), false));
      assertThat(there).isEqualTo(-1);
      var scan = scanner.start(t -> size(t, index));
      assertThat(scan.isDone()).isFalse();
      loader.commit();
      assertThat(scan.isDone()).isFalse();
      second.commit();
      assertThat(scan.result()).isEqualTo(2 * MANY);
    }
  }

  @Test
  void aWriterWithTheSameKeyFindsItAfterTheWait() {
    try (Session loader = session(IsolationLevel.READ_COMMITTED);
        Session second = session(IsolationLevel.READ_COMMITTED)) {
      loader.run(load(run(0, MANY, 1)));
      var waits = second.start(load(run(5, MANY, 1)));
      assertThat(waits.isDone()).isFalse();
      loader.commit();
      assertThat(waits.result()).isZero();
    }
  }

  @Test
  void aLockTimeoutEndsTheWaitForARun() {
    try (Transaction loader = begin(IsolationLevel.READ_COMMITTED);
        Transaction late =
            home.manager().begin(TransactionOptions.DEFAULT.withLockTimeoutNanos(2_000_000))) {
      loader.putAll(index, run(0, MANY, 1), true);
      assertCode(ErrorCode.LOCK_NOT_AVAILABLE, () -> late.put(index, key(9), Bytes.EMPTY));
    }
  }

  @Test
  void whereOthersHoldKeysOnlyTheSameKeysAreWaitedFor() {
    try (Session other = session(IsolationLevel.READ_COMMITTED);
        Session loader = session(IsolationLevel.READ_COMMITTED)) {
      other.run(write(3));
      assertThat(loader.run(load(run(0, MANY, 2)))).isEqualTo(-1);
      other.run(write(5));
      var waits = other.start(write(4));
      assertThat(waits.isDone()).isFalse();
      assertThat(loader.commit()).isTrue();
      waits.result();
      assertThat(other.commit()).isTrue();
    }
    assertThat(size(index)).isEqualTo(MANY + 2);
  }

  @Test
  void aDeadlockOfTwoLoadersEndsTheYounger() {
    IndexId second = create(IndexKind.BTREE);
    try (Session older = session(IsolationLevel.READ_COMMITTED);
        Session younger = session(IsolationLevel.READ_COMMITTED)) {
      older.run(load(run(0, MANY, 1)));
      younger.run(t -> t.putAll(second, run(0, MANY, 1), true));
      var olderWaits = older.start(t -> t.putAll(second, run(0, MANY, 1), true));
      var youngerWaits = younger.start(load(run(0, MANY, 1)));
      youngerWaits.result();
      assertThat(olderWaits.result()).isEqualTo(-1);
      assertThat(younger.aborted().code()).isEqualTo(ErrorCode.DEADLOCK_DETECTED);
      assertThat(older.commit()).isTrue();
    }
    assertThat(size(second)).isEqualTo(MANY);
  }

  @Test
  void serializableScansAndRunsExcludeEachOther() {
    try (Session scanner = session(IsolationLevel.SERIALIZABLE);
        Session loader = session(IsolationLevel.SERIALIZABLE)) {
      scanner.run(t -> size(t, index));
      var waits = loader.start(load(run(0, MANY, 1)));
      assertThat(waits.isDone()).isFalse();
      scanner.commit();
      assertThat(waits.result()).isEqualTo(-1);
      try (Session late = session(IsolationLevel.SERIALIZABLE)) {
        var scan = late.start(t -> size(t, index));
        assertThat(scan.isDone()).isFalse();
        loader.commit();
        assertThat(scan.result()).isEqualTo(MANY);
      }
    }
  }

  @Test
  void repeatableReadRefusesKeysThatChangedAfterItsSnapshot() {
    load(7, 1, 1);
    try (Transaction late = begin(IsolationLevel.REPEATABLE_READ)) {
      late.get(index, key(0));
      try (Transaction other = begin(IsolationLevel.READ_COMMITTED)) {
        other.delete(index, key(7));
        other.commit();
      }
      assertCode(ErrorCode.SERIALIZATION_FAILURE, () -> late.putAll(index, run(0, MANY, 1), true));
    }
    try (Transaction fresh = begin(IsolationLevel.REPEATABLE_READ)) {
      assertThat(fresh.putAll(index, run(0, MANY, 1), true)).isEqualTo(-1);
    }
  }

  @Test
  void aRunIsThereAfterARestart() {
    load(0, MANY, 1);
    home.restart();
    assertThat(size(index)).isEqualTo(MANY);
    assertThat(get(key(MANY - 1))).isEqualTo(key(MANY - 1));
  }

  // --- small parts ---

  private static Bytes key(int number) {
    return Bytes.of(number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
  }

  private static EntryRun run(int first, int count, int step) {
    EntryRun run = new EntryRun();
    for (int i = 0; i < count; i++) {
      Bytes key = key(first + i * step);
      run.add(key.array(), key.array());
    }
    return run;
  }

  private static EntryRun hashRun(int first, int count) {
    EntryRun run = new EntryRun();
    for (int i = first; i < first + count; i++) {
      run.add(HashKey.of(key(i), Bytes.EMPTY).array(), key(i).array());
    }
    return run;
  }

  private void load(int first, int count, int step) {
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      assertThat(transaction.putAll(index, run(first, count, step), true)).isEqualTo(-1);
      transaction.commit();
    }
  }

  private Session.Step<Integer> load(EntryRun run) {
    return transaction -> transaction.putAll(index, run, true);
  }

  private Session.Step<Integer> write(int number) {
    return transaction -> {
      transaction.put(index, key(number), Bytes.EMPTY);
      return -1;
    };
  }

  private Bytes get(Bytes key) {
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      return transaction.get(index, key);
    }
  }

  private int size(IndexId of) {
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      return size(transaction, of);
    }
  }

  private static int size(Transaction transaction, IndexId of) {
    int size = 0;
    try (IndexCursor cursor = transaction.range(of, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        size++;
      }
    }
    return size;
  }
}
