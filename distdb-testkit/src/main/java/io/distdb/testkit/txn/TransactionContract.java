// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one transaction sees and does, and how two meet. */
@Timeout(60)
public abstract class TransactionContract extends TransactionFixture {
  private static final TableId TABLE = new TableId(9);
  private static final long DAY_MICROS = 24 * 3_600_000_000L;

  // --- reads and own writes ---

  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void ownWritesAreSeenInEveryKindOfRead(IsolationLevel level) {
    put("a", "1");
    put("b", "2");
    put("d", "4");
    try (Transaction transaction = begin(level)) {
      transaction.put(index, bytes("c"), bytes("3"));
      transaction.put(index, bytes("b"), bytes("two"));
      transaction.delete(index, bytes("d"));
      assertThat(transaction.get(index, bytes("c"))).isEqualTo(bytes("3"));
      assertThat(transaction.get(index, bytes("d"))).isNull();
      assertThat(scan(transaction, KeyRange.ALL, Direction.FORWARD))
          .containsExactly("a=1", "b=two", "c=3");
      assertThat(scan(transaction, KeyRange.ALL, Direction.BACKWARD))
          .containsExactly("c=3", "b=two", "a=1");
      assertThat(entries(transaction.lookup(index, bytes("b")))).containsExactly("b=two");
      transaction.commit();
    }
    assertThat(scanAll()).containsExactly("a=1", "b=two", "c=3");
  }

  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void manyKeysAreReadAtOnceAsOneByOne(IsolationLevel level) {
    put("a", "1");
    put("b", "2");
    put("d", "4");
    try (Transaction transaction = begin(level)) {
      transaction.put(index, bytes("c"), bytes("3"));
      transaction.put(index, bytes("b"), bytes("two"));
      transaction.delete(index, bytes("d"));
      EntryBlock block = new EntryBlock(6);
      for (String key : List.of("d", "c", "x", "a", "b", "a")) {
        block.addKey(bytes(key).array(), 0, 1);
      }
      transaction.getAll(index, block);
      block.removeAbsent();
      List<String> found = new ArrayList<>();
      for (int i = 0; i < block.size(); i++) {
        found.add(block.key(i).toUtf8() + "=" + block.value(i).toUtf8());
      }
      assertThat(found).containsExactly("c=3", "a=1", "b=two", "a=1");
    }
  }

  @Test
  void manyKeysAreReadAtTheSnapshot() {
    put("a", "1");
    put("b", "2");
    try (Transaction transaction = begin(IsolationLevel.REPEATABLE_READ)) {
      assertThat(transaction.get(index, bytes("a"))).isEqualTo(bytes("1"));
      put("a", "later");
      put("c", "later");
      EntryBlock block = new EntryBlock(3);
      for (String key : List.of("a", "b", "c")) {
        block.addKey(bytes(key).array(), 0, 1);
      }
      transaction.getAll(index, block);
      assertThat(block.value(0)).isEqualTo(bytes("1"));
      assertThat(block.value(1)).isEqualTo(bytes("2"));
      assertThat(block.valueArray(2)).isNull();
    }
  }

  @Test
  void aCursorKeepsToWhatWasThereWhenItWasOpened() {
    put("a", "1");
    put("c", "3");
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      transaction.put(index, bytes("b"), bytes("2"));
      IndexCursor cursor = transaction.range(index, KeyRange.ALL, Direction.FORWARD);
      assertThat(cursor.next()).isTrue();
      transaction.put(index, bytes("bb"), bytes("new"));
      transaction.put(index, bytes("b"), bytes("newer"));
      transaction.delete(index, bytes("c"));
      put("d", "4");
      assertThat(entries(cursor)).containsExactly("b=2", "c=3");
    }
  }

  @Test
  void manyOwnWritesStayInOrderAndCanBeUndone() {
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      for (int i = 0; i < 500; i += 2) {
        transaction.put(index, Bytes.of(i >> 8, i & 0xff), Bytes.of(1));
      }
      assertThat(size(transaction)).isEqualTo(250);
      Savepoint savepoint = transaction.savepoint();
      for (int i = 1; i < 500; i += 2) {
        transaction.put(index, Bytes.of(i >> 8, i & 0xff), Bytes.of(2));
        transaction.delete(index, Bytes.of(i - 1 >> 8, i - 1 & 0xff));
      }
      long bytes = transaction.writtenBytes();
      assertThat(size(transaction)).isEqualTo(250);
      transaction.rollbackTo(savepoint);
      assertThat(transaction.writtenBytes()).isLessThan(bytes);
      assertThat(size(transaction)).isEqualTo(250);
      assertThat(transaction.get(index, Bytes.of(0, 4))).isEqualTo(Bytes.of(1));
      assertThat(transaction.get(index, Bytes.of(0, 5))).isNull();
      transaction.commit();
    }
    try (Transaction reader = begin(IsolationLevel.READ_COMMITTED)) {
      assertThat(size(reader)).isEqualTo(250);
    }
  }

  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void hashLookupsMergeOwnWrites(IsolationLevel level) {
    IndexId hash = create(IndexKind.HASH);
    Bytes city = bytes("Berlin");
    try (Transaction setup = begin(IsolationLevel.READ_COMMITTED)) {
      setup.put(hash, HashKey.of(city, Bytes.of(1)), Bytes.EMPTY);
      setup.put(hash, HashKey.of(city, Bytes.of(2)), Bytes.EMPTY);
      setup.put(hash, HashKey.of(bytes("Bern"), Bytes.of(3)), Bytes.EMPTY);
      setup.commit();
    }
    try (Transaction transaction = begin(level)) {
      transaction.delete(hash, HashKey.of(city, Bytes.of(1)));
      transaction.put(hash, HashKey.of(city, Bytes.of(4)), Bytes.EMPTY);
      List<Bytes> rests = new ArrayList<>();
      try (IndexCursor cursor = transaction.lookup(hash, city)) {
        while (cursor.next()) {
          rests.add(HashKey.rest(cursor.key()));
        }
      }
      assertThat(rests).containsExactlyInAnyOrder(Bytes.of(2), Bytes.of(4));
      assertThat(transaction.get(hash, HashKey.of(city, Bytes.of(1)))).isNull();
    }
  }

  @Test
  void hiddenWritesAreSeenByLocksAlone() {
    put("a", "1");
    put("c", "3");
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      transaction.put(index, bytes("b"), bytes("2"));
      Savepoint savepoint = transaction.savepoint();
      transaction.hideWrites();
      transaction.put(index, bytes("a"), bytes("new"));
      transaction.put(index, bytes("b"), bytes("newer"));
      transaction.put(index, bytes("b"), bytes("newest"));
      transaction.delete(index, bytes("c"));
      transaction.put(index, bytes("d"), bytes("4"));
      assertThat(transaction.get(index, bytes("a"))).isEqualTo(bytes("1"));
      assertThat(transaction.get(index, bytes("d"))).isNull();
      assertThat(entries(transaction.range(index, KeyRange.ALL, Direction.FORWARD)))
          .containsExactly("a=1", "b=2", "c=3");
      assertThat(entries(transaction.lookup(index, bytes("b")))).containsExactly("b=2");
      EntryBlock block = new EntryBlock(2);
      block.addKey(bytes("b").array(), 0, 1);
      block.addKey(bytes("d").array(), 0, 1);
      transaction.getAll(index, block);
      block.removeAbsent();
      assertThat(block.size()).isEqualTo(1);
      assertThat(block.value(0)).isEqualTo(bytes("2"));
      assertThat(transaction.lock(index, bytes("b"), LockStrength.EXCLUSIVE, WaitPolicy.WAIT))
          .isEqualTo(new RowLock.Held(bytes("newest"), false));
      assertThat(transaction.isHidden(index, bytes("b"))).isTrue();
      assertThat(transaction.isHidden(index, bytes("e"))).isFalse();
      transaction.showWrites();
      assertThat(transaction.isHidden(index, bytes("b"))).isFalse();
      assertThat(entries(transaction.range(index, KeyRange.ALL, Direction.FORWARD)))
          .containsExactly("a=new", "b=newest", "d=4");
      transaction.rollbackTo(savepoint);
      assertThat(entries(transaction.range(index, KeyRange.ALL, Direction.FORWARD)))
          .containsExactly("a=1", "b=2", "c=3");
    }
  }

  @Test
  void anIndexIsItsCreatorsAloneUntilTheCommit() {
    IndexId fresh = home.manager().newIndexId();
    try (Transaction transaction = begin(IsolationLevel.SERIALIZABLE)) {
      transaction.createIndex(fresh, IndexKind.BTREE);
      transaction.put(fresh, bytes("k"), bytes("v"));
      assertThat(transaction.get(fresh, bytes("k"))).isEqualTo(bytes("v"));
      assertThat(transaction.get(fresh, bytes("l"))).isNull();
      assertThat(entries(transaction.range(fresh, KeyRange.ALL, Direction.FORWARD)))
          .containsExactly("k=v");
      try (Transaction other = begin(IsolationLevel.READ_COMMITTED)) {
        assertCode(ErrorCode.UNDEFINED_OBJECT, () -> other.get(fresh, bytes("k")));
      }
      transaction.commit();
    }
    try (Transaction reader = begin(IsolationLevel.READ_COMMITTED)) {
      assertThat(reader.get(fresh, bytes("k"))).isEqualTo(bytes("v"));
    }
  }

  @Test
  void aSnapshotReadsOnInADroppedIndex() {
    put("a", "1");
    try (Transaction reader = begin(IsolationLevel.REPEATABLE_READ)) {
      reader.snapshot();
      try (Transaction dropper = begin(IsolationLevel.READ_COMMITTED)) {
        dropper.dropIndex(index);
        dropper.commit();
      }
      assertThat(reader.get(index, bytes("a"))).isEqualTo(bytes("1"));
    }
    try (Transaction later = begin(IsolationLevel.READ_COMMITTED)) {
      assertCode(ErrorCode.UNDEFINED_OBJECT, () -> later.get(index, bytes("a")));
      assertCode(ErrorCode.UNDEFINED_OBJECT, () -> later.put(index, bytes("a"), bytes("2")));
    }
  }

  // --- snapshots and locks ---

  @Test
  void snapshotsArePerStatementOrPerTransaction() {
    put("k", "old");
    try (Transaction committed = begin(IsolationLevel.READ_COMMITTED);
        Transaction repeatable = begin(IsolationLevel.REPEATABLE_READ)) {
      assertThat(committed.get(index, bytes("k"))).isEqualTo(bytes("old"));
      assertThat(repeatable.get(index, bytes("k"))).isEqualTo(bytes("old"));
      put("k", "new");
      assertThat(committed.get(index, bytes("k"))).isEqualTo(bytes("old"));
      committed.beginStatement();
      repeatable.beginStatement();
      assertThat(committed.get(index, bytes("k"))).isEqualTo(bytes("new"));
      assertThat(repeatable.get(index, bytes("k"))).isEqualTo(bytes("old"));
    }
  }

  @Test
  void readCommittedRereadsTheNewestAfterItsWait() {
    put("k", "1");
    try (Session writer = session(IsolationLevel.READ_COMMITTED);
        Session second = session(IsolationLevel.READ_COMMITTED)) {
      writer.run(t -> t.lock(index, bytes("k"), LockStrength.EXCLUSIVE, WaitPolicy.WAIT));
      second.run(t -> t.get(index, bytes("k")));
      var waits =
          second.start(t -> t.lock(index, bytes("k"), LockStrength.EXCLUSIVE, WaitPolicy.WAIT));
      assertThat(waits.isDone()).isFalse();
      writer.run(write("k", "2"));
      writer.commit();
      assertThat(waits.result()).isEqualTo(new RowLock.Held(bytes("2"), true));
    }
  }

  @Test
  void aFirstStatementThatHadToWaitSeesWhatItWaitedFor() {
    put("k", "1");
    try (Session writer = session(IsolationLevel.REPEATABLE_READ);
        Session second = session(IsolationLevel.REPEATABLE_READ)) {
      writer.run(write("k", "2"));
      second.run(Transaction::schemaVersion);
      var waits =
          second.start(t -> t.lock(index, bytes("k"), LockStrength.EXCLUSIVE, WaitPolicy.WAIT));
      writer.commit();
      assertThat(waits.result()).isEqualTo(new RowLock.Held(bytes("2"), false));
      Bytes seen = second.run(t -> t.get(index, bytes("k")));
      assertThat(seen).isEqualTo(bytes("2"));
      second.run(write("k", "3"));
      assertThat(second.commit()).isTrue();
    }
  }

  @Test
  void theFirstUpdaterWinsAlsoWithoutAnExplicitLock() {
    put("k", "1");
    try (Transaction late = begin(IsolationLevel.REPEATABLE_READ)) {
      late.get(index, bytes("k"));
      put("k", "2");
      assertCode(ErrorCode.SERIALIZATION_FAILURE, () -> late.put(index, bytes("k"), bytes("3")));
      assertCode(ErrorCode.IN_FAILED_TRANSACTION, () -> late.get(index, bytes("k")));
    }
  }

  @Test
  void noWaitFailsAndSkipSaysSo() {
    try (Transaction holder = begin(IsolationLevel.READ_COMMITTED);
        Transaction skipper = begin(IsolationLevel.READ_COMMITTED)) {
      holder.put(index, bytes("k"), bytes("v"));
      assertThat(skipper.lock(index, bytes("k"), LockStrength.SHARED, WaitPolicy.SKIP))
          .isEqualTo(new RowLock.Skipped());
      assertCode(
          ErrorCode.LOCK_NOT_AVAILABLE,
          () -> skipper.lock(index, bytes("k"), LockStrength.SHARED, WaitPolicy.NO_WAIT));
    }
  }

  @Test
  void aLockTimeoutEndsTheTransaction() {
    try (Transaction holder = begin(IsolationLevel.READ_COMMITTED);
        Transaction late =
            home.manager().begin(TransactionOptions.DEFAULT.withLockTimeoutNanos(2_000_000))) {
      holder.put(index, bytes("k"), bytes("v"));
      assertCode(ErrorCode.LOCK_NOT_AVAILABLE, () -> late.put(index, bytes("k"), bytes("w")));
    }
  }

  @Test
  void cancelEndsTheWaitOfNowOrTheNext() {
    try (Session holder = session(IsolationLevel.READ_COMMITTED);
        Transaction second = begin(IsolationLevel.READ_COMMITTED)) {
      holder.run(write("k", "v"));
      second.cancel();
      assertCode(ErrorCode.QUERY_CANCELED, () -> second.put(index, bytes("k"), bytes("w")));
    }
  }

  @Test
  void aDeadlockEndsTheYounger() {
    try (Session older = session(IsolationLevel.READ_COMMITTED);
        Session younger = session(IsolationLevel.READ_COMMITTED)) {
      older.run(write("a", "1"));
      younger.run(write("b", "1"));
      var olderWaits = older.start(write("b", "2"));
      var youngerWaits = younger.start(write("a", "2"));
      youngerWaits.result();
      olderWaits.result();
      assertThat(younger.aborted().code()).isEqualTo(ErrorCode.DEADLOCK_DETECTED);
      assertThat(older.commit()).isTrue();
    }
    assertThat(scanAll()).containsExactly("a=1", "b=2");
  }

  @Test
  void savepointsUndoWritesAndReviveAFailedTransaction() {
    try (Transaction holder = begin(IsolationLevel.READ_COMMITTED);
        Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      holder.put(index, bytes("held"), bytes("x"));
      transaction.put(index, bytes("a"), bytes("1"));
      Savepoint outer = transaction.savepoint();
      transaction.put(index, bytes("a"), bytes("2"));
      Savepoint inner = transaction.savepoint();
      transaction.delete(index, bytes("a"));
      transaction.rollbackTo(inner);
      assertThat(transaction.get(index, bytes("a"))).isEqualTo(bytes("2"));
      assertCode(
          ErrorCode.LOCK_NOT_AVAILABLE,
          () -> transaction.lock(index, bytes("held"), LockStrength.SHARED, WaitPolicy.NO_WAIT));
      transaction.rollbackTo(outer);
      assertThat(transaction.get(index, bytes("a"))).isEqualTo(bytes("1"));
      assertCode(ErrorCode.INVALID_SAVEPOINT, () -> transaction.rollbackTo(inner));
      transaction.commit();
    }
    assertThat(scanAll()).containsExactly("a=1");
  }

  // --- schema ---

  @Test
  void schemaVersionsFollowSnapshotsAndStalePlansAreRefused() {
    try (Transaction before = begin(IsolationLevel.REPEATABLE_READ)) {
      assertThat(before.schemaVersion()).isEqualTo(Timestamp.NONE);
      before.snapshot();
      long changed = changeTable();
      assertThat(before.schemaVersion()).isEqualTo(Timestamp.NONE);
      assertCode(
          ErrorCode.SERIALIZATION_FAILURE,
          () -> before.lockTable(TABLE, LockStrength.SHARED, Timestamp.NONE));
      try (Transaction after = begin(IsolationLevel.READ_COMMITTED)) {
        assertThat(after.schemaVersion()).isEqualTo(changed);
        after.lockTable(TABLE, LockStrength.SHARED, changed);
        after.lockTable(new TableId(10), LockStrength.SHARED, Timestamp.NONE);
      }
    }
  }

  @Test
  void aSchemaChangeDrainsWriters() {
    try (Session writer = session(IsolationLevel.READ_COMMITTED);
        Session changer = session(IsolationLevel.READ_COMMITTED)) {
      writer.run(lockTable(LockStrength.SHARED));
      var waits = changer.start(lockTable(LockStrength.EXCLUSIVE));
      assertThat(waits.isDone()).isFalse();
      writer.commit();
      assertThat(waits.result()).isTrue();
    }
  }

  // --- the end ---

  @Test
  void aTokenTellsWhatBecameOfACommit() {
    CommitToken token = new CommitToken(new UUID(3, 4));
    long timestamp = commitWith(token, "1");
    assertThat(home.manager().outcome(token)).isEqualTo(new CommitOutcome.Committed(timestamp));
    home.restart();
    assertThat(home.manager().outcome(token)).isEqualTo(new CommitOutcome.Committed(timestamp));
    assertThat(commitWith(token, "again")).as("committed once").isEqualTo(timestamp);
    assertThat(scanAll()).containsExactly("k=1");

    clock.moveMicros(DAY_MICROS + 2_000_000);
    assertThat(home.manager().outcome(token)).isEqualTo(new CommitOutcome.Unknown());
    home.restart();
    assertThat(home.manager().outcome(token)).isEqualTo(new CommitOutcome.Unknown());
  }

  @Test
  void askingFirstAbortsTheCommit() {
    CommitToken token = new CommitToken(new UUID(5, 6));
    assertThat(home.manager().outcome(token)).isEqualTo(new CommitOutcome.Aborted());
    assertCode(ErrorCode.SERIALIZATION_FAILURE, () -> commitWith(token, "1"));
    assertThat(scanAll()).isEmpty();
    assertThat(home.manager().outcome(token)).isEqualTo(new CommitOutcome.Aborted());
  }

  @Test
  void readOnlyTransactionsRefuseToWrite() {
    try (Transaction reader = home.manager().begin(TransactionOptions.DEFAULT.withReadOnly(true))) {
      assertCode(ErrorCode.READ_ONLY_TRANSACTION, () -> reader.put(index, bytes("a"), bytes("b")));
      assertThat(reader.get(index, bytes("a"))).isNull();
      assertThat(reader.commit()).isPositive();
    }
  }

  @Test
  void theEndIsTheEnd() {
    Transaction transaction = begin(IsolationLevel.READ_COMMITTED);
    transaction.put(index, bytes("a"), bytes("1"));
    transaction.rollback();
    transaction.rollback();
    assertCode(ErrorCode.NO_ACTIVE_TRANSACTION, () -> transaction.get(index, bytes("a")));
    assertCode(ErrorCode.NO_ACTIVE_TRANSACTION, transaction::commit);
    assertThat(scanAll()).isEmpty();
  }

  @Test
  void indexIdsAreNeverGivenTwice() {
    List<IndexId> ids = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      for (int i = 0; i < 100; i++) {
        ids.add(home.manager().newIndexId());
      }
      home.restart();
    }
    assertThat(ids).doesNotHaveDuplicates().doesNotContain(index);
  }

  @Test
  void closingEndsWaitsAndRefusesWork() {
    TransactionManager manager = home.manager();
    Transaction holder = begin(IsolationLevel.READ_COMMITTED);
    holder.put(index, bytes("k"), bytes("v"));
    Session waiter = session(IsolationLevel.READ_COMMITTED);
    var waits = waiter.start(write("k", "w"));
    manager.close();
    waits.result();
    assertThat(waiter.aborted().code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    assertCode(ErrorCode.SHUTTING_DOWN, holder::commit);
    assertCode(ErrorCode.SHUTTING_DOWN, () -> manager.begin(TransactionOptions.DEFAULT));
    home.restart();
    assertThat(scanAll()).isEmpty();
  }

  // --- small parts ---

  private void put(String key, String value) {
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      transaction.put(index, bytes(key), bytes(value));
      transaction.commit();
    }
  }

  private Session.Step<Boolean> write(String key, String value) {
    return transaction -> {
      transaction.put(index, bytes(key), bytes(value));
      return true;
    };
  }

  private Session.Step<Boolean> lockTable(LockStrength strength) {
    return transaction -> {
      transaction.lockTable(TABLE, strength, Timestamp.NONE);
      return true;
    };
  }

  private long changeTable() {
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      transaction.lockTable(TABLE, LockStrength.EXCLUSIVE, Timestamp.NONE);
      transaction.changeSchema(TABLE);
      return transaction.commit();
    }
  }

  private long commitWith(CommitToken token, String value) {
    try (Transaction transaction =
        home.manager().begin(TransactionOptions.DEFAULT.withToken(token))) {
      transaction.put(index, bytes("k"), bytes(value));
      return transaction.commit();
    }
  }

  private List<String> scanAll() {
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      return scan(transaction, KeyRange.ALL, Direction.FORWARD);
    }
  }

  private List<String> scan(Transaction transaction, KeyRange range, Direction direction) {
    return entries(transaction.range(index, range, direction));
  }

  private int size(Transaction transaction) {
    return scan(transaction, KeyRange.ALL, Direction.FORWARD).size();
  }

  private static List<String> entries(IndexCursor cursor) {
    List<String> entries = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        entries.add(cursor.key().toUtf8() + "=" + cursor.value().toUtf8());
      }
    }
    return entries;
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }
}
