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
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sharding.replica.ShardCommand;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who reads on the node that leads, when another one comes to lead. */
@Timeout(60)
class SnapshotOutlivesLeaderTest {
  private static final Bytes FIRST = Bytes.utf8("a");
  private static final Bytes SECOND = Bytes.utf8("b");
  private static final Bytes OLD = Bytes.utf8("old");
  private static final Bytes NEW = Bytes.utf8("new");

  private TwoNodes nodes;
  private IndexId index;

  @BeforeEach
  void open() {
    nodes = new TwoNodes(new MovableClock(), TestDatabase.LIMITS);
    index = nodes.manager().newIndexId();
    try (Transaction transaction = begin(nodes.leading())) {
      transaction.createIndex(index, IndexKind.BTREE);
      transaction.commit();
    }
    write(nodes.leading(), FIRST, OLD);
    write(nodes.leading(), SECOND, OLD);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private static Transaction begin(TransactionManager manager) {
    return manager.begin(TransactionOptions.DEFAULT.withIsolation(IsolationLevel.REPEATABLE_READ));
  }

  private void write(TransactionManager manager, Bytes key, Bytes value) {
    try (Transaction transaction = begin(manager)) {
      transaction.put(index, key, value);
      transaction.commit();
    }
  }

  @Test
  void anOpenCursorNeedsNobodyWhoLeads() {
    try (Transaction reader = begin(nodes.leading());
        IndexCursor cursor = reader.range(index, KeyRange.ALL, Direction.FORWARD)) {
      assertThat(cursor.next()).isTrue();
      nodes.loseLeader();
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.value()).isEqualTo(OLD);
      assertThat(cursor.next()).isFalse();
    }
  }

  @Test
  void aSnapshotOfAnEarlierLeadershipIsReadAtOnUnderTheNext() {
    try (Transaction reader = begin(nodes.leading())) {
      assertThat(reader.get(index, FIRST)).isEqualTo(OLD);
      nodes.changeLeader();
      write(nodes.manager(), SECOND, NEW);
      assertThat(reader.get(index, SECOND)).isEqualTo(OLD);
      nodes.log().lead(TwoNodes.LEADER);
      write(nodes.leading(), SECOND, NEW);
      assertThat(reader.get(index, SECOND)).isEqualTo(OLD);
    }
  }

  @Test
  void aSnapshotThatNobodyConfirmedEndsWithItsLeadership() {
    try (Transaction reader = begin(nodes.leading())) {
      reader.snapshot();
      nodes.changeLeader();
      DistDbException error =
          catchThrowableOfType(DistDbException.class, () -> reader.get(index, FIRST));
      assertThat(error.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
    }
  }

  /** What is read, after a change of the leader, of a row that an unanswered commit is to write. */
  private Bytes readBehindDoubt() {
    DistDbException unknown =
        catchThrowableOfType(DistDbException.class, () -> write(nodes.leading(), SECOND, NEW));
    assertThat(unknown.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
    nodes.log().leaveUnanswered(command -> false);
    nodes.log().leaveInDoubt(command -> false);
    try (Transaction reader = begin(nodes.leading())) {
      assertThat(reader.get(index, FIRST)).isEqualTo(OLD);
      CompletableFuture<Bytes> read =
          CompletableFuture.supplyAsync(() -> reader.get(index, SECOND));
      nodes.loseLeader();
      nodes.log().lead(TwoNodes.OTHER);
      nodes.log().resume(TwoNodes.LEADER);
      return read.join();
    }
  }

  @Test
  void aCommitThatWasOnItsWayIsSeenOnceTheNextLeaderHasIt() {
    nodes.log().pause(TwoNodes.LEADER);
    nodes.log().leaveInDoubt(ShardCommand.Commit.class::isInstance);
    assertThat(readBehindDoubt()).isEqualTo(NEW);
  }

  @Test
  void aCommitThatTheNextLeaderDoesNotHaveIsNotSeen() {
    nodes.log().leaveUnanswered(ShardCommand.Commit.class::isInstance);
    assertThat(readBehindDoubt()).isEqualTo(OLD);
  }
}
