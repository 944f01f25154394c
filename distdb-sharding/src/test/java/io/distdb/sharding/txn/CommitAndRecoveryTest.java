// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.testkit.txn.AdjustableClock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitAndRecoveryTest {
  private static final Bytes KEY = Bytes.utf8("k");

  private final AdjustableClock clock = new AdjustableClock();
  private final TestDatabase database = new TestDatabase(clock, TestDatabase.LIMITS);
  private final IndexId index = database.createIndex(IndexKind.BTREE);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRestartKeepsCommitsSchemaAndOutcomesAndGoesOnAboveAllTimestamps() {
    CommitToken token = new CommitToken(new UUID(1, 2));
    TableId table = new TableId(7);
    long committed;
    try (Transaction transaction =
        database.manager().begin(TransactionOptions.DEFAULT.withToken(token))) {
      transaction.lockTable(table, LockStrength.EXCLUSIVE, Timestamp.NONE);
      transaction.changeSchema(table);
      transaction.put(index, KEY, Bytes.utf8("v"));
      committed = transaction.commit();
    }
    IndexId before = database.manager().newIndexId();
    clock.moveMicros(-3_600_000_000L);

    database.restart();

    assertThat(database.read(index, "k")).isEqualTo("v");
    assertThat(database.manager().outcome(token)).isEqualTo(new CommitOutcome.Committed(committed));
    assertThat(database.manager().newIndexId().value()).isGreaterThan(before.value());
    assertThat(database.manager().timestamps().next()).isGreaterThan(committed);
    try (Transaction transaction = database.begin()) {
      assertThat(transaction.schemaVersion()).isEqualTo(committed);
      assertThatThrownBy(() -> transaction.lockTable(table, LockStrength.SHARED, committed - 1))
          .isInstanceOfSatisfying(
              DistDbException.class,
              stale -> assertThat(stale.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE));
    }
  }

  @Test
  void aRefusedProposalLeavesNothingBehind() {
    database.consensus.failNext(MemoryConsensus.Fault.DISK_FULL);
    Transaction transaction = database.begin();
    transaction.put(index, KEY, Bytes.utf8("v"));
    assertThatThrownBy(transaction::commit)
        .isInstanceOfSatisfying(
            DistDbException.class, full -> assertThat(full.code()).isEqualTo(ErrorCode.DISK_FULL));
    assertThat(database.read(index, "k")).isNull();
    database.write(index, "k", "again");
    assertThat(database.read(index, "k")).isEqualTo("again");
  }

  @Test
  void anUnknownOutcomeKeepsItsLocksUntilItIsApplied() {
    loseAnswer();
    try (Transaction other = database.begin()) {
      assertLocked(other);
    }
    database.consensus.applyPending();
    assertThat(database.read(index, "k")).isEqualTo("v");
    database.write(index, "k", "next");
    assertThat(database.read(index, "k")).isEqualTo("next");
  }

  @Test
  void lostLeadershipEndsTheLocksOfUnknownOutcomesAndOfOpenTransactions() {
    Transaction open = database.begin();
    open.put(index, Bytes.utf8("other"), KEY);
    loseAnswer();
    database.consensus.stepDown();
    assertThatThrownBy(database::begin)
        .isInstanceOfSatisfying(
            DistDbException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW));
    database.consensus.leadAgain();
    assertThat(database.read(index, "k")).isNull();
    database.write(index, "k", "next");
    database.write(index, "other", "free");
    assertThatThrownBy(open::commit)
        .isInstanceOfSatisfying(
            DistDbException.class,
            lost -> assertThat(lost.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE));
    assertThat(database.read(index, "other")).isEqualTo("free");
  }

  @Test
  void closingDoesNotWaitForAnUnknownOutcome() {
    loseAnswer();
    database.manager().close();
    assertThatThrownBy(database::begin)
        .isInstanceOfSatisfying(
            DistDbException.class,
            closed -> assertThat(closed.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
  }

  private void loseAnswer() {
    Transaction transaction = database.begin();
    transaction.put(index, KEY, Bytes.utf8("v"));
    // The bound is far enough ahead by now, so the next entry is the commit.
    database.consensus.failNext(MemoryConsensus.Fault.UNKNOWN);
    assertThatThrownBy(transaction::commit)
        .isInstanceOfSatisfying(
            DistDbException.class,
            unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN));
  }

  private void assertLocked(Transaction other) {
    assertThatThrownBy(() -> other.lock(index, KEY, LockStrength.EXCLUSIVE, WaitPolicy.NO_WAIT))
        .isInstanceOfSatisfying(
            DistDbException.class,
            held -> assertThat(held.code()).isEqualTo(ErrorCode.LOCK_NOT_AVAILABLE));
  }
}
