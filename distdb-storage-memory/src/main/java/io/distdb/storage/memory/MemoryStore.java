// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.Exported;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.snapshot.SnapshotHeader;
import io.distdb.storage.memory.snapshot.SnapshotReader;
import io.distdb.storage.memory.snapshot.SnapshotSource;
import io.distdb.storage.memory.snapshot.SnapshotWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One shard's indexes and side records in memory.
 *
 * <p><b>Who may touch what.</b> Readers take no lock: they read the index table, the side records
 * and the position each from one volatile field that holds an immutable object, and indexes are
 * wait-free for readers. The writer holds {@link #lock} for one batch, or one slice of a
 * collection, so that a {@link Capture} can begin between two batches; nothing waits or does I/O
 * under it. Checkpoints take turns.
 *
 * <p><b>All or nothing.</b> {@link BatchCheck} refuses before anything changes; what follows cannot
 * fail. Versions are published one by one, then the side records, the index table and the position:
 * a read below the batch's timestamp sees none of it, and the transaction layer lets no read at or
 * above it begin before the batch is applied.
 *
 * <p><b>Durable</b> is what the last {@link #checkpoint} holds. After {@link #restore}, too, the
 * old snapshot counts until the next checkpoint.
 */
final class MemoryStore implements Store {
  /** Versions that one call of {@link #collectGarbage} looks at, about: a few milliseconds. */
  private static final int COLLECT_VERSIONS = 32 << 10;

  /** And those it looks at in one go, while readers of the lock wait. */
  private static final int COLLECT_SLICE = 2 << 10;

  /** Versions that a replay keeps back at most; so many share the leaves that they go to. */
  private static final int HELD_BACK_MAX = 1 << 19;

  private final ShardId shard;
  private final MemoryAccount memory;
  private final Optional<Checkpoints> checkpoints;
  private final Turn turn;
  private final ReentrantLock lock = new ReentrantLock();
  private final BatchCheck check = new BatchCheck();
  private volatile IndexTable table = IndexTable.EMPTY;
  private volatile SideRecords sides = SideRecords.EMPTY;
  private volatile LogPosition applied = LogPosition.START;
  private volatile boolean closed;

  /** While it is set, versions may wait in their {@link IndexSlot} to be put together. */
  private boolean replaying;

  /** How many do. */
  private int heldBack;

  /** Replay may come again up to here: the snapshot holds it. */
  private long heldIndex;

  /** Part of this store in the {@link MemoryAccount}. */
  private long accountedBytes;

  private IndexId collectedLast;
  private final LongAdder collected = new LongAdder();

  /**
   * @param checkpoints empty for a store that only remembers
   */
  MemoryStore(
      ShardId shard, MemoryAccount memory, Scheduler scheduler, Optional<Checkpoints> checkpoints) {
    this.shard = shard;
    this.memory = memory;
    this.checkpoints = checkpoints;
    this.turn = new Turn(scheduler);
  }

  @Override
  public void apply(LogPosition position, WriteBatch batch) {
    lock.lock();
    try {
      requireOpen();
      if (position.index() <= heldIndex) {
        return;
      }
      Invariant.check(position.index() > applied.index(), "log positions rise");
      check.check(batch, table);
      long growth = applyVersions(batch);
      if (check.hasSides()) {
        SideRecords changed = sides.after(batch.operations());
        growth += changed.bytes() - sides.bytes();
        sides = changed;
      }
      boolean indexesChanged = check.table() != table;
      if (indexesChanged) {
        putHeldBack();
        table = check.table();
        putHeldBack();
      }
      account(indexesChanged ? table.bytes() + sides.bytes() : accountedBytes + growth);
      check.release(indexesChanged);
      applied = position;
      if (heldBack >= HELD_BACK_MAX) {
        endHoldingBack();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void replaying(boolean underWay) {
    lock.lock();
    try {
      endHoldingBack();
      account(table.bytes() + sides.bytes());
      replaying = underWay;
    } finally {
      lock.unlock();
    }
  }

  /** Puts what a replay kept back into the indexes, and accounts for it. */
  private void endHoldingBack() {
    if (heldBack > 0) {
      putHeldBack();
      account(table.bytes() + sides.bytes());
    }
  }

  private void putHeldBack() {
    heldBack = 0;
    for (IndexSlot slot : table.slots()) {
      slot.putHeldBack();
    }
  }

  /** Returns by how many bytes the indexes grew. */
  private long applyVersions(WriteBatch batch) {
    if (replaying && !check.hasRuns()) {
      heldBack += BatchVersions.holdBack(batch, check);
      return 0;
    }
    endHoldingBack();
    return BatchVersions.put(batch, check);
  }

  private void account(long bytes) {
    memory.add(bytes - accountedBytes);
    accountedBytes = bytes;
  }

  @Override
  public LogPosition applied() {
    return applied;
  }

  @Override
  public Index index(IndexId id) {
    IndexSlot slot = table.find(id);
    if (slot == null) {
      throw undefined(id);
    }
    return slot.index;
  }

  static DistDbException undefined(IndexId id) {
    return new DistDbException(ErrorCode.UNDEFINED_OBJECT, "index " + id + " does not exist");
  }

  @Override
  public Optional<Index> findIndex(IndexId id) {
    return Optional.ofNullable(table.find(id)).map(slot -> slot.index);
  }

  @Override
  public List<Index> indexes() {
    return table.slots().stream().map(slot -> (Index) slot.index).toList();
  }

  @Override
  public Bytes side(Bytes key) {
    return sides.get(key);
  }

  @Override
  public void forEachSide(Bytes prefix, BiConsumer<Bytes, Bytes> action) {
    sides.forEach(prefix, action);
  }

  @Override
  public void admit(long growthBytes) {
    memory.admit(growthBytes);
  }

  /** Goes on after the index where the last call stopped, so that no index is starved. */
  @Override
  public void collectGarbage(long safePoint) {
    lock.lock();
    try {
      endHoldingBack();
    } finally {
      lock.unlock();
    }
    List<IndexSlot> slots = inTurn(table.slots());
    int left = COLLECT_VERSIONS;
    for (IndexSlot slot : slots) {
      boolean done = slot.index.garbageVersions() == 0;
      while (!done && left > 0) {
        done = collectSlice(slot, safePoint);
        left -= COLLECT_SLICE;
      }
      if (!done) {
        return;
      }
      collectedLast = slot.index.id();
    }
  }

  private List<IndexSlot> inTurn(List<IndexSlot> slots) {
    List<IndexSlot> inTurn = new ArrayList<>(slots.size());
    int first = 0;
    while (collectedLast != null
        && first < slots.size()
        && slots.get(first).index.id().compareTo(collectedLast) <= 0) {
      first++;
    }
    inTurn.addAll(slots.subList(first, slots.size()));
    inTurn.addAll(slots.subList(0, first));
    return inTurn;
  }

  /** Returns whether there is no more to do for now: a walked index is left for later. */
  private boolean collectSlice(IndexSlot slot, long safePoint) {
    lock.lock();
    try {
      requireOpen();
      if (slot.isWalked()) {
        return true;
      }
      long before = slot.index.estimatedBytes();
      long garbage = slot.index.garbageVersions();
      boolean done = slot.index.collect(safePoint, COLLECT_SLICE);
      collected.add(garbage - slot.index.garbageVersions());
      account(accountedBytes + slot.index.estimatedBytes() - before);
      return done;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long garbageVersions() {
    long versions = 0;
    for (IndexSlot slot : table.slots()) {
      versions += slot.index.garbageVersions();
    }
    return versions;
  }

  /** Versions that were ever collected, about. */
  long collectedVersions() {
    return collected.sum();
  }

  @Override
  public LogPosition checkpoint() {
    requireOpen();
    if (checkpoints.isEmpty()) {
      return applied;
    }
    turn.enter();
    try {
      LogPosition position = applied;
      if (!checkpoints.get().holds(position)) {
        Capture capture = capture();
        try {
          checkpoints.get().write(capture, lock, this::requireOpen);
        } finally {
          capture.end(lock);
        }
        position = capture.position();
      }
      return position;
    } finally {
      turn.leave();
    }
  }

  private Capture capture() {
    lock.lock();
    try {
      requireOpen();
      endHoldingBack();
      return Capture.begin(applied, sides, table);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Exported export(Compression compression, Consumer<ByteBuffer> sink) {
    Capture capture = capture();
    try {
      SnapshotWriter writer =
          new SnapshotWriter(sink, new SnapshotHeader(shard, capture.position()), compression);
      capture.writeTo(writer, lock, this::requireOpen);
      return new Exported(capture.position(), writer.finish().versions());
    } finally {
      capture.end(lock);
    }
  }

  /** Reads everything beside the old content, then replaces it: needs room for both. */
  @Override
  public void restore(String name, Iterable<ByteBuffer> chunks, long newest) {
    requireOpen();
    StoreContent content = new StoreContent();
    SnapshotReader.read(SnapshotSource.chunks(name, chunks), newest, content);
    turn.enter();
    try {
      replace(content);
      checkpoints.ifPresent(Checkpoints::forget);
    } finally {
      turn.leave();
    }
  }

  /** The file first: without room for it, or before it is there, memory is what it was. */
  @Override
  public void restoreDurably(String name, Iterable<ByteBuffer> chunks) {
    requireOpen();
    StoreContent content = new StoreContent();
    SnapshotReader.read(SnapshotSource.chunks(name, chunks), Timestamp.LATEST, content);
    turn.enter();
    try {
      checkpoints.ifPresent(disk -> {
        Capture capture = Capture.begin(content.position(), content.sides(), content.table());
        try {
          disk.write(capture, lock, this::requireOpen);
        } finally {
          capture.end(lock);
        }
      });
      replace(content);
    } finally {
      turn.leave();
    }
  }

  /** Puts what a snapshot or an export held in the place of everything. */
  void replace(StoreContent content) {
    IndexTable newTable = content.table();
    SideRecords newSides = content.sides();
    lock.lock();
    try {
      requireOpen();
      table = newTable;
      heldBack = 0;
      sides = newSides;
      applied = content.position();
      heldIndex = content.position().index();
      collectedLast = null;
      account(newTable.bytes() + newSides.bytes());
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new DistDbException(
          ErrorCode.SHUTTING_DOWN, "the store of shard " + shard + " is closed");
    }
  }

  /** Stops a checkpoint that is under way, waits until it has let the disk go, forgets all. */
  void close() {
    closed = true;
    turn.enter();
    turn.leave();
    lock.lock();
    try {
      table = IndexTable.EMPTY;
      sides = SideRecords.EMPTY;
      account(0);
    } finally {
      lock.unlock();
    }
  }
}
