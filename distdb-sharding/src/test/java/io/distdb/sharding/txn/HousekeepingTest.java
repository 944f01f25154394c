// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.testkit.txn.AdjustableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HousekeepingTest {
  private static final Bytes KEY = Bytes.utf8("k");

  private final AdjustableClock clock = new AdjustableClock();

  private TestDatabase open(TransactionLimits limits) {
    return new TestDatabase(clock, limits);
  }

  @Test
  void oldVersionsGoByThemselvesButNotThoseASnapshotSees() {
    try (TestDatabase database = open(TestDatabase.LIMITS.withGarbageVersionsMin(1))) {
      IndexId index = database.createIndex(IndexKind.BTREE);
      database.write(index, "k", "first");
      try (Transaction reader = database.begin(IsolationLevel.REPEATABLE_READ)) {
        long snapshot = reader.snapshot();
        for (int i = 0; i < 1_000; i++) {
          database.write(index, "k", "v" + i);
        }
        assertThat(database.store().side(Bytes.of('S'))).as("a safe point in the log").isNotNull();
        assertThat(reader.get(index, KEY)).isEqualTo(Bytes.utf8("first"));
        reader.rollback();
        database.manager().collectGarbage();
        assertThat(database.store().garbageVersions()).isLessThan(1_000);
        assertThatThrownBy(() -> database.manager().beginAt(snapshot, TransactionOptions.DEFAULT))
            .isInstanceOfSatisfying(
                DistDbException.class,
                old -> assertThat(old.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD));
      }
    }
  }

  @Test
  void retentionAllowsReadsInThePast() {
    try (TestDatabase database = open(TestDatabase.LIMITS.withVersionRetentionMicros(10_000_000))) {
      IndexId index = database.createIndex(IndexKind.BTREE);
      database.write(index, "k", "old");
      long past = database.manager().timestamps().current();
      clock.moveMicros(5_000_000);
      database.write(index, "k", "new");
      database.manager().collectGarbage();
      try (Transaction reader = database.manager().beginAt(past, TransactionOptions.DEFAULT)) {
        reader.beginStatement();
        assertThat(reader.get(index, KEY)).isEqualTo(Bytes.utf8("old"));
      }
      clock.moveMicros(20_000_000);
      database.write(index, "k", "newer");
      database.manager().collectGarbage();
      assertCode(
          ErrorCode.SNAPSHOT_TOO_OLD,
          () -> database.manager().beginAt(past, TransactionOptions.DEFAULT));
      assertCode(
          ErrorCode.INVALID_PARAMETER_VALUE,
          () ->
              database
                  .manager()
                  .beginAt(
                      database.manager().timestamps().current() + 1, TransactionOptions.DEFAULT));
    }
  }

  @Test
  void aSnapshotThatIsHandedOnIsKept() {
    try (TestDatabase database = open(TestDatabase.LIMITS.withGarbageVersionsMin(1))) {
      IndexId index = database.createIndex(IndexKind.BTREE);
      database.write(index, "k", "first");
      Transaction first = database.begin(IsolationLevel.REPEATABLE_READ);
      long snapshot = first.snapshot();
      for (int i = 0; i < 10; i++) {
        database.write(index, "k", "v" + i);
        database.manager().collectGarbage();
        Transaction next = database.manager().beginAt(snapshot, TransactionOptions.DEFAULT);
        first.rollback();
        first = next;
        database.manager().collectGarbage();
        assertThat(first.get(index, KEY)).isEqualTo(Bytes.utf8("first"));
      }
      assertCode(
          ErrorCode.SERIALIZATION_FAILURE, writerIn(first, index)); // it was changed meanwhile
      first.rollback();
      database.manager().collectGarbage();
      assertCode(
          ErrorCode.SNAPSHOT_TOO_OLD,
          () -> database.manager().beginAt(snapshot, TransactionOptions.DEFAULT));
    }
  }

  private static org.assertj.core.api.ThrowableAssert.ThrowingCallable writerIn(
      Transaction transaction, IndexId index) {
    return () -> transaction.put(index, KEY, Bytes.utf8("lost"));
  }

  @Test
  void aTransactionWritesAtMostItsShare() {
    try (TestDatabase database = open(TestDatabase.LIMITS.withTransactionBytesMax(1_000))) {
      IndexId index = database.createIndex(IndexKind.BTREE);
      try (Transaction transaction = database.begin()) {
        assertCode(
            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
            () -> {
              for (int i = 0; i < 100; i++) {
                transaction.put(index, Bytes.of(i), Bytes.wrap(new byte[100]));
              }
            });
        assertCode(ErrorCode.IN_FAILED_TRANSACTION, transaction::commit);
      }
      assertThat(database.read(index, "k")).isNull();
    }
  }

  @Test
  void aFullMemoryRefusesTheCommitAndFreesItsLocks() {
    try (TestDatabase database = open(TestDatabase.LIMITS)) {
      IndexId index = database.createIndex(IndexKind.BTREE);
      Bytes large = Bytes.wrap(new byte[30 << 20]);
      assertCode(
          ErrorCode.OUT_OF_MEMORY,
          () -> {
            for (int i = 0; i < 20; i++) {
              try (Transaction transaction = database.begin()) {
                transaction.put(index, Bytes.of(i), large);
                transaction.commit();
              }
            }
          });
      try (Transaction reader = database.begin(IsolationLevel.SERIALIZABLE)) {
        reader.delete(index, Bytes.of(0));
        reader.commit();
      }
    }
  }

  @Test
  void checkpointsHappenByThemselvesAndByHand() {
    try (TestDatabase database = open(TestDatabase.LIMITS.withCheckpointBytes(2_000))) {
      IndexId index = database.createIndex(IndexKind.BTREE);
      while (database.consensus.compacted().index() == 0) {
        database.write(index, "k", "some value to fill the log");
      }
      database.write(index, "k", "last");
      database.manager().checkpoint();
      assertThat(database.consensus.compacted()).isGreaterThanOrEqualTo(database.store().applied());
    }
  }

  private static void assertCode(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DistDbException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
