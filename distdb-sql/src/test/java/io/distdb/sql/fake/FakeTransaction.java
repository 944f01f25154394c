// SPDX-License-Identifier: MIT
package io.distdb.sql.fake;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.LockView;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** See {@link FakeTransactionManager}. */
final class FakeTransaction implements Transaction {
  private record LockKey(IndexId index, Bytes key) {}

  /** Everything that a savepoint brings back. An absent value is a deletion. */
  private record State(
      Map<IndexId, NavigableMap<Bytes, Optional<Bytes>>> writes,
      Map<IndexId, IndexKind> created,
      Set<IndexId> dropped,
      Set<TableId> changed,
      List<Bytes> announced)
      implements Savepoint {
    State copy() {
      Map<IndexId, NavigableMap<Bytes, Optional<Bytes>>> copied = new HashMap<>();
      writes.forEach((index, entries) -> copied.put(index, new TreeMap<>(entries)));
      return new State(
          copied,
          new HashMap<>(created),
          new HashSet<>(dropped),
          new HashSet<>(changed),
          new ArrayList<>(announced));
    }
  }

  private final FakeTransactionManager manager;
  private final TransactionOptions options;
  private State state =
      new State(
          new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashSet<>(), new ArrayList<>());
  private long snapshot = Timestamp.NONE;

  /** What reads see of the writes, when it is not all. */
  private State hiding;

  private boolean failed;
  private boolean ended;

  FakeTransaction(FakeTransactionManager manager, TransactionOptions options) {
    this.manager = manager;
    this.options = options;
  }

  /** A reader of the past. */
  static FakeTransaction at(long past, FakeTransactionManager manager, TransactionOptions options) {
    FakeTransaction transaction =
        new FakeTransaction(manager, options.withIsolation(IsolationLevel.REPEATABLE_READ));
    transaction.snapshot = past;
    return transaction;
  }

  @Override
  public IsolationLevel isolation() {
    return options.isolation();
  }

  @Override
  public boolean readOnly() {
    return options.readOnly();
  }

  @Override
  public void beginStatement() {
    checkActive();
    if (isolation() == IsolationLevel.READ_COMMITTED) {
      snapshot = Timestamp.NONE;
    }
  }

  private void checkActive() {
    if (failed || ended) {
      throw new DistDbException(ErrorCode.IN_FAILED_TRANSACTION, "transaction is over");
    }
  }

  private void checkWritable() {
    checkActive();
    if (readOnly()) {
      throw new DistDbException(ErrorCode.READ_ONLY_TRANSACTION, "read-only transaction");
    }
  }

  private DistDbException fail(ErrorCode code, String message) {
    failed = true;
    return new DistDbException(code, message);
  }

  @Override
  public long snapshot() {
    checkActive();
    if (snapshot == Timestamp.NONE) {
      snapshot = manager.clock;
    }
    return snapshot;
  }

  @Override
  public long schemaVersion() {
    long version = Timestamp.NONE;
    for (long change : manager.schemaChanges) {
      if (change <= snapshot()) {
        version = change;
      }
    }
    return version;
  }

  private Bytes committed(IndexId index, Bytes key, long asOf) {
    FakeTransactionManager.Entries entries = manager.indexes.get(index);
    List<FakeTransactionManager.Version> versions =
        entries == null ? List.of() : entries.versions.getOrDefault(key, List.of());
    Bytes found = null;
    for (FakeTransactionManager.Version version : versions) {
      if (version.timestamp() <= asOf) {
        found = version.value();
      }
    }
    return found;
  }

  private long readTime() {
    return isolation() == IsolationLevel.SERIALIZABLE ? Timestamp.LATEST : snapshot();
  }

  private static Optional<Bytes> own(State state, IndexId index, Bytes key) {
    NavigableMap<Bytes, Optional<Bytes>> writes = state.writes().get(index);
    return writes == null ? null : writes.get(key);
  }

  @Override
  public Bytes get(IndexId index, Bytes key) {
    checkActive();
    Optional<Bytes> own = own(seen(), index, key);
    return own != null ? own.orElse(null) : committed(index, key, readTime());
  }

  private State seen() {
    return hiding == null ? state : hiding;
  }

  @Override
  public void hideWrites() {
    hiding = state.copy();
  }

  @Override
  public void showWrites() {
    hiding = null;
  }

  @Override
  public boolean isHidden(IndexId index, Bytes key) {
    return hiding != null
        && !Objects.equals(
            state.writes().getOrDefault(index, new TreeMap<>()).get(key),
            hiding.writes().getOrDefault(index, new TreeMap<>()).get(key));
  }

  private IndexKind kind(IndexId index) {
    IndexKind created = state.created().get(index);
    return created != null ? created : manager.indexes.get(index).kind;
  }

  @Override
  public void token(CommitToken token) {
    // Commits of the fake are always known.
  }

  @Override
  public IndexCursor lookup(IndexId index, Bytes key) {
    checkActive();
    if (kind(index) == IndexKind.BTREE) {
      return range(index, KeyRange.prefix(key), Direction.FORWARD);
    }
    NavigableMap<Bytes, Bytes> all = visible(index, KeyRange.ALL);
    all.keySet().removeIf(entry -> !HashKey.hashed(entry).equals(key));
    return new MapCursor(manager, all);
  }

  @Override
  public IndexCursor range(IndexId index, KeyRange range, Direction direction) {
    checkActive();
    if (!kind(index).ordered()) {
      throw new DistDbException(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "no order");
    }
    NavigableMap<Bytes, Bytes> all = visible(index, range);
    return new MapCursor(manager, direction == Direction.FORWARD ? all : all.descendingMap());
  }

  private NavigableMap<Bytes, Bytes> visible(IndexId index, KeyRange range) {
    NavigableMap<Bytes, Bytes> found = new TreeMap<>();
    FakeTransactionManager.Entries entries = manager.indexes.get(index);
    if (entries != null) {
      for (Bytes key : entries.versions.keySet()) {
        put(found, range, key, committed(index, key, readTime()));
      }
    }
    seen()
        .writes()
        .getOrDefault(index, new TreeMap<>())
        .forEach((key, value) -> put(found, range, key, value.orElse(null)));
    return found;
  }

  private static void put(Map<Bytes, Bytes> found, KeyRange range, Bytes key, Bytes value) {
    if (value == null) {
      found.remove(key);
    } else if (range.contains(key)) {
      found.put(key, value);
    }
  }

  @Override
  public long estimatedEntries(IndexId index) {
    FakeTransactionManager.Entries entries = manager.indexes.get(index);
    return entries == null ? 0 : entries.versions.size();
  }

  /** A lock of this transaction as others see it. */
  LockView view(Object lock) {
    LockView.Target target =
        lock instanceof LockKey key
            ? new LockView.Target.OfKey(key.index(), key.key().hashCode())
            : new LockView.Target.OfTable((TableId) lock);
    return new LockView(options.party(), 0, target, LockView.Mode.EXCLUSIVE, 0);
  }

  private void take(Object lock) {
    FakeTransaction holder = manager.locks.putIfAbsent(lock, this);
    if (holder != null && holder != this) {
      throw fail(ErrorCode.LOCK_NOT_AVAILABLE, "held by another transaction");
    }
  }

  @Override
  public boolean tryLockTable(TableId table, LockStrength strength) {
    FakeTransaction holder = manager.locks.get(table);
    if (holder == null && strength == LockStrength.EXCLUSIVE) {
      take(table);
    }
    return holder == null || holder == this;
  }

  @Override
  public void lockTable(TableId table, LockStrength strength, long schemaVersion) {
    checkWritable();
    if (strength == LockStrength.EXCLUSIVE) {
      take(table);
    } else if (manager.locks.get(table) != null && manager.locks.get(table) != this) {
      throw fail(ErrorCode.LOCK_NOT_AVAILABLE, "table held by another transaction");
    }
    if (manager.tableChanges.getOrDefault(table, Timestamp.NONE) > schemaVersion) {
      throw fail(ErrorCode.SERIALIZATION_FAILURE, "stale plan");
    }
  }

  @Override
  public RowLock lock(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
    checkWritable();
    take(new LockKey(index, key));
    Optional<Bytes> own = own(state, index, key);
    if (own != null) {
      return new RowLock.Held(own.orElse(null), false);
    }
    FakeTransactionManager.Entries entries = manager.indexes.get(index);
    List<FakeTransactionManager.Version> versions =
        entries == null ? List.of() : entries.versions.getOrDefault(key, List.of());
    boolean changed =
        isolation() != IsolationLevel.SERIALIZABLE
            && snapshot != Timestamp.NONE
            && !versions.isEmpty()
            && versions.get(versions.size() - 1).timestamp() > snapshot;
    if (changed && isolation() == IsolationLevel.REPEATABLE_READ) {
      throw fail(ErrorCode.SERIALIZATION_FAILURE, "could not serialize access");
    }
    return new RowLock.Held(committed(index, key, Timestamp.LATEST), changed);
  }

  private void write(IndexId index, Bytes key, Optional<Bytes> value) {
    checkWritable();
    take(new LockKey(index, key));
    state.writes().computeIfAbsent(index, id -> new TreeMap<>()).put(key, value);
  }

  @Override
  public void put(IndexId index, Bytes key, Bytes value) {
    write(index, key, Optional.of(value));
  }

  @Override
  public int putAll(IndexId index, EntryRun run, boolean absent) {
    for (int i = 0; i < run.size(); i++) {
      Bytes key = Bytes.wrap(run.key(i));
      RowLock lock = lock(index, key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      if (absent && ((RowLock.Held) lock).value() != null) {
        return i;
      }
      put(index, key, Bytes.wrap(run.value(i)));
    }
    run.sort();
    return -1;
  }

  @Override
  public void delete(IndexId index, Bytes key) {
    write(index, key, Optional.empty());
  }

  @Override
  public void createIndex(IndexId index, IndexKind kind) {
    checkWritable();
    state.created().put(index, kind);
  }

  @Override
  public void dropIndex(IndexId index) {
    checkWritable();
    state.dropped().add(index);
  }

  @Override
  public void changeSchema(TableId table) {
    checkWritable();
    if (manager.locks.get(table) != this) {
      throw new IllegalStateException("table " + table + " is not locked");
    }
    state.changed().add(table);
  }

  @Override
  public long writtenBytes() {
    return 0;
  }

  @Override
  public long writtenBytesMax() {
    return Long.MAX_VALUE;
  }

  @Override
  public Savepoint savepoint() {
    checkActive();
    return state.copy();
  }

  @Override
  public void announce(Bytes message) {
    checkWritable();
    state.announced().add(message);
  }

  @Override
  public void rollbackTo(Savepoint savepoint) {
    state = ((State) savepoint).copy();
    failed = false;
  }

  @Override
  public long commit() {
    try {
      checkActive();
      boolean writes =
          !state.writes().isEmpty() || !state.changed().isEmpty() || !state.announced().isEmpty();
      if (!writes) {
        return snapshot();
      }
      if (manager.takeFailure()) {
        throw fail(ErrorCode.SERIALIZATION_FAILURE, "failed on purpose");
      }
      apply(++manager.clock);
      return manager.clock;
    } finally {
      rollback();
    }
  }

  private void apply(long timestamp) {
    state
        .created()
        .forEach((id, kind) -> manager.indexes.put(id, new FakeTransactionManager.Entries(kind)));
    state
        .writes()
        .forEach((index, entries) ->
            entries.forEach((key, value) ->
                manager
                    .indexes
                    .get(index)
                    .versions
                    .computeIfAbsent(key, k -> new ArrayList<>())
                    .add(new FakeTransactionManager.Version(timestamp, value.orElse(null)))));
    manager.dropped.addAll(state.dropped());
    for (TableId table : state.changed()) {
      manager.tableChanges.put(table, timestamp);
    }
    if (!state.changed().isEmpty()) {
      manager.schemaChanges.add(timestamp);
    }
    if (manager.announcements != null) {
      state.announced().forEach(manager.announcements::announced);
    }
  }

  @Override
  public void rollback() {
    ended = true;
    manager.locks.values().removeIf(holder -> holder == this);
  }

  @Override
  public void cancel() {}
}
