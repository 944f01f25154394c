// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commits that are acknowledged before a quorum has them. */
class LocalCommitTest {
  private static final Bytes KEY = Bytes.utf8("k");

  private final TestDatabase database = new TestDatabase();
  private IndexId index;

  @BeforeEach
  void writeBefore() {
    index = database.createIndex(IndexKind.BTREE);
    database.write(index, "k", "before");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void commitLocally() {
    try (Transaction transaction =
        database
            .manager()
            .begin(TransactionOptions.DEFAULT.withSynchronousCommit(SynchronousCommit.LOCAL))) {
      transaction.put(index, KEY, Bytes.utf8("local"));
      transaction.commit();
    }
  }

  private RowLock tryLock(Transaction transaction) {
    return transaction.lock(index, KEY, LockStrength.EXCLUSIVE, WaitPolicy.SKIP);
  }

  @Test
  void itsLocksStayUntilItIsApplied() {
    commitLocally();
    try (Transaction other = database.begin()) {
      assertThat(tryLock(other)).isInstanceOf(RowLock.Skipped.class);
      database.consensus.applyPending();
      assertThat(tryLock(other)).isEqualTo(new RowLock.Held(Bytes.utf8("local"), false));
    }
    assertThat(database.read(index, "k")).isEqualTo("local");
  }

  @Test
  void aNewLeaderMayLeadWithoutIt() {
    commitLocally();
    database.consensus.stepDown();
    database.consensus.leadAgain();
    try (Transaction other = database.begin()) {
      assertThat(tryLock(other)).isEqualTo(new RowLock.Held(Bytes.utf8("before"), false));
    }
  }

  @Test
  void whatIsAppliedBeforeItIsAnsweredLeavesNoLock() {
    database.consensus.applyFirst(() -> {
      database.manager().timestamps().next();
      database.manager().collectGarbage();
    });
    Bytes gone = Bytes.utf8("gone");
    try (Transaction transaction =
        database
            .manager()
            .begin(TransactionOptions.DEFAULT.withSynchronousCommit(SynchronousCommit.LOCAL))) {
      transaction.put(index, gone, Bytes.utf8("v"));
      transaction.delete(index, gone);
      transaction.commit();
    }
    try (Transaction other = database.begin()) {
      assertThat(other.lock(index, gone, LockStrength.EXCLUSIVE, WaitPolicy.SKIP))
          .isEqualTo(new RowLock.Held(null, false));
    }
    assertThat(database.read(index, "gone")).isNull();
  }

  @Test
  void definitionsWaitForAQuorum() {
    IndexId more = database.manager().newIndexId();
    try (Transaction transaction =
        database
            .manager()
            .begin(TransactionOptions.DEFAULT.withSynchronousCommit(SynchronousCommit.LOCAL))) {
      transaction.createIndex(more, IndexKind.BTREE);
      transaction.put(more, KEY, Bytes.utf8("v"));
      transaction.commit();
    }
    assertThat(database.read(more, "k")).isEqualTo("v");
  }
}
