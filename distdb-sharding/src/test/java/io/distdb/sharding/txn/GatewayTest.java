// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.time.Clock;
import io.distdb.api.txn.AnnouncementListener;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of several nodes, and what a change of the leader does to them. */
class GatewayTest {
  private static final Bytes KEY = Bytes.utf8("k");

  private TwoNodes nodes;
  private IndexId index;

  @BeforeEach
  void open() {
    nodes = new TwoNodes(Clock.system(), TestDatabase.LIMITS);
    index = nodes.manager().newIndexId();
    try (Transaction transaction = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      transaction.createIndex(index, IndexKind.BTREE);
      transaction.commit();
    }
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private static Transaction begin(TransactionManager manager, IsolationLevel level) {
    return manager.begin(TransactionOptions.DEFAULT.withIsolation(level));
  }

  private void write(TransactionManager manager, String value) {
    try (Transaction transaction = begin(manager, IsolationLevel.READ_COMMITTED)) {
      transaction.put(index, KEY, Bytes.utf8(value));
      transaction.commit();
    }
  }

  private String read(TransactionManager manager) {
    try (Transaction transaction = begin(manager, IsolationLevel.READ_COMMITTED)) {
      return transaction.get(index, KEY).toUtf8();
    }
  }

  @Test
  void whatOneNodeAcknowledgedTheOtherReadsAtOnce() {
    for (int i = 0; i < 200; i++) {
      TransactionManager writer = i % 2 == 0 ? nodes.manager() : nodes.leading();
      TransactionManager reader = i % 2 == 0 ? nodes.leading() : nodes.manager();
      write(writer, "v" + i);
      assertThat(read(reader)).isEqualTo("v" + i);
    }
  }

  @Test
  void aLockOfOneNodeKeepsTheOtherOut() {
    try (Transaction mine = begin(nodes.manager(), IsolationLevel.READ_COMMITTED);
        Transaction other = begin(nodes.leading(), IsolationLevel.READ_COMMITTED)) {
      mine.lock(index, KEY, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      assertThat(other.lock(index, KEY, LockStrength.EXCLUSIVE, WaitPolicy.SKIP))
          .isInstanceOf(RowLock.Skipped.class);
      mine.commit();
    }
  }

  @Test
  void locksAreLostWithTheLeader() {
    write(nodes.manager(), "before");
    try (Transaction remote = begin(nodes.manager(), IsolationLevel.READ_COMMITTED);
        Transaction local = begin(nodes.leading(), IsolationLevel.READ_COMMITTED)) {
      remote.put(index, KEY, Bytes.utf8("remote"));
      local.put(index, Bytes.utf8("other"), Bytes.utf8("local"));
      nodes.changeLeader();
      assertLost(remote::commit);
      assertLost(local::commit);
    }
    assertThat(read(nodes.leading())).isEqualTo("before");
    write(nodes.leading(), "after");
    assertThat(read(nodes.manager())).isEqualTo("after");
  }

  @Test
  void aSerializableReaderIsToldThatItsLocksAreLost() {
    write(nodes.manager(), "before");
    try (Transaction remote = begin(nodes.manager(), IsolationLevel.SERIALIZABLE);
        Transaction local = begin(nodes.leading(), IsolationLevel.SERIALIZABLE)) {
      remote.get(index, KEY);
      local.get(index, KEY);
      nodes.changeLeader();
      assertLost(remote::commit);
      assertLost(local::commit);
    }
  }

  @Test
  void aCompleteSnapshotOutlivesTheLeader() {
    write(nodes.manager(), "before");
    try (Transaction remote = begin(nodes.manager(), IsolationLevel.REPEATABLE_READ);
        Transaction local = begin(nodes.leading(), IsolationLevel.REPEATABLE_READ)) {
      remote.snapshot();
      local.get(index, KEY);
      nodes.changeLeader();
      write(nodes.leading(), "after");
      assertThat(remote.get(index, KEY).toUtf8()).isEqualTo("before");
      assertThat(local.get(index, KEY).toUtf8()).isEqualTo("before");
    }
  }

  @Test
  void aSnapshotThatIsNotKnownToBeCompleteEndsWithTheLeader() {
    write(nodes.manager(), "before");
    try (Transaction local = begin(nodes.leading(), IsolationLevel.REPEATABLE_READ)) {
      local.snapshot();
      nodes.changeLeader();
      assertLost(() -> local.get(index, KEY));
    }
  }

  @Test
  void boundedStalenessReadsWithoutALeader() {
    write(nodes.manager(), "before");
    assertThat(readStale()).isEqualTo("before");
    write(nodes.leading(), "after");
    nodes.loseLeader();
    assertThat(readStale()).isIn("before", "after");
    nodes.changeLeader();
    assertThat(read(nodes.manager())).isEqualTo("after");
    assertThat(readStale()).isEqualTo("after");
  }

  private String readStale() {
    TransactionOptions stale =
        TransactionOptions.DEFAULT.withReadOnly(true).withReadMode(ReadMode.BOUNDED_STALENESS);
    try (Transaction transaction = nodes.manager().begin(stale)) {
      return transaction.get(index, KEY).toUtf8();
    }
  }

  @Test
  void timestampsRiseAcrossNodesAndLeaders() {
    long last = 0;
    for (int i = 0; i < 20; i++) {
      long next = (i % 2 == 0 ? nodes.leading() : nodes.manager()).timestamps().next();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    nodes.changeLeader();
    assertThat(nodes.leading().timestamps().next()).isGreaterThan(last);
  }

  @Test
  void aTokenSettlesACommitForAllNodes() {
    CommitToken used = new CommitToken(new UUID(1, 1));
    CommitToken unused = new CommitToken(new UUID(1, 2));
    try (Transaction transaction =
        nodes.manager().begin(TransactionOptions.DEFAULT.withToken(used))) {
      transaction.put(index, KEY, Bytes.utf8("v"));
      transaction.commit();
    }
    assertThat(nodes.leading().outcome(used)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(nodes.manager().outcome(unused)).isInstanceOf(CommitOutcome.Aborted.class);
    nodes.changeLeader();
    assertThat(nodes.manager().outcome(used)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(nodes.leading().outcome(unused)).isInstanceOf(CommitOutcome.Aborted.class);
  }

  @Test
  void thePastIsReadAnywhere() {
    write(nodes.manager(), "one");
    long past = nodes.manager().settle();
    write(nodes.leading(), "two");
    for (TransactionManager manager : new TransactionManager[] {nodes.manager(), nodes.leading()}) {
      try (Transaction transaction = manager.beginAt(past, TransactionOptions.DEFAULT)) {
        assertThat(transaction.get(index, KEY).toUtf8()).isEqualTo("one");
      }
      DistDbException future =
          catchThrowableOfType(
              DistDbException.class,
              () -> manager.beginAt(past + 3_600_000_000L, TransactionOptions.DEFAULT));
      assertThat(future.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
    }
  }

  private static void assertLost(org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
    DistDbException lost = catchThrowableOfType(DistDbException.class, step);
    assertThat(lost.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
  }

  @Test
  void bothNodesHearWhatACommitAnnounces() {
    List<String> here = new ArrayList<>();
    List<String> there = new ArrayList<>();
    nodes.manager().onAnnouncement(new Heard(here));
    nodes.leading().onAnnouncement(new Heard(there));
    try (Transaction transaction = begin(nodes.manager(), IsolationLevel.READ_COMMITTED)) {
      transaction.announce(Bytes.utf8("first"));
      transaction.put(index, KEY, Bytes.utf8("v"));
      transaction.announce(Bytes.utf8("second"));
      transaction.commit();
    }
    assertThat(here).containsExactly("first", "second");
    assertThat(there).containsExactly("first", "second");
    assertThat(read(nodes.leading())).isEqualTo("v");
  }

  private record Heard(List<String> messages) implements AnnouncementListener {
    @Override
    public void announced(Bytes message) {
      messages.add(message.toUtf8());
    }

    @Override
    public void missed() {
      messages.add("missed");
    }
  }
}
