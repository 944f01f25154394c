// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.Exported;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One shard's indexes and side records in an instance that it shares with other shards.
 *
 * <p><b>Who may touch what.</b> Readers take no lock. The writer holds {@link #lock} for a batch or
 * a collection, and a checkpoint for as long as it takes to store the counts.
 *
 * <p><b>All or nothing.</b> {@link BatchEncoder} refuses before anything changes; then one batch of
 * RocksDB's writes everything, the position included. RocksDB's own log is off, and all families
 * are flushed together: so after a crash the files hold the store as of one position, at or above
 * the last checkpoint's, and the journal has what is above it.
 */
final class RocksStore implements Store {
  private final ShardId shard;
  private final Instance instance;
  private final Slots slots;
  private final Admission admission;
  private final BackgroundWork work;
  private final ExportFormat format;
  private final BatchEncoder encoder;
  private final Collector collector;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile IndexTable table;
  private volatile LogPosition applied;
  private volatile int sideSlot;

  /** Replay may come again up to here. */
  private long heldIndex;

  /** Through which everything was flushed, or null: it is not known. */
  private LogPosition flushed;

  RocksStore(
      ShardId shard,
      Instance instance,
      Slots slots,
      Admission admission,
      BackgroundWork work,
      ExportFormat format,
      Records.StoreRecord record,
      IndexTable table) {
    this.shard = shard;
    this.instance = instance;
    this.slots = slots;
    this.admission = admission;
    this.work = work;
    this.format = format;
    this.table = table;
    encoder = new BatchEncoder(instance, slots);
    collector = new Collector(instance, work);
    applied = record.applied();
    sideSlot = record.sideSlot();
    heldIndex = applied.index();
    flushed = applied;
  }

  static DistDbException undefined(IndexId id) {
    return new DistDbException(ErrorCode.UNDEFINED_OBJECT, "index " + id + " does not exist");
  }

  @Override
  public void apply(LogPosition position, WriteBatch batch) {
    instance.gate.enter();
    lock.lock();
    try {
      if (position.index() <= heldIndex) {
        return;
      }
      Invariant.check(position.index() > applied.index(), "log positions rise");
      BatchBuffer buffer = encoder.encode(batch, table, new BatchEncoder.Target(shard, sideSlot));
      buffer.put(
          Family.RECORDS,
          Records.store(shard),
          new Records.StoreRecord(position, sideSlot).toBytes());
      instance.write(buffer);
      encoder.publish();
      table = encoder.table();
      encoder.dropped().forEach(slots::dropped);
      applied = position;
    } finally {
      lock.unlock();
      instance.gate.leave();
    }
  }

  /** A replayed batch is written as any other: RocksDB has nothing to gain from a longer run. */
  @Override
  public void replaying(boolean underWay) {}

  @Override
  public LogPosition applied() {
    return applied;
  }

  @Override
  public Index index(IndexId id) {
    RocksIndex index = table.find(id);
    if (index == null) {
      throw undefined(id);
    }
    return index;
  }

  @Override
  public Optional<Index> findIndex(IndexId id) {
    return Optional.ofNullable(table.find(id));
  }

  @Override
  public List<Index> indexes() {
    return List.copyOf(table.indexes());
  }

  @Override
  public Bytes side(Bytes key) {
    instance.gate.enter();
    try {
      byte[] value = instance.get(Family.RECORDS, Records.side(sideSlot, key.array()));
      return value == null ? null : Bytes.wrap(value);
    } finally {
      instance.gate.leave();
    }
  }

  @Override
  public void forEachSide(Bytes prefix, BiConsumer<Bytes, Bytes> action) {
    instance.gate.enter();
    try {
      int slot = sideSlot;
      int before = Records.sides(slot).length;
      instance.forEachRecord(
          Records.side(slot, prefix.array()),
          (key, value) -> action.accept(Bytes.copyOf(key, before, key.length), Bytes.wrap(value)));
    } finally {
      instance.gate.leave();
    }
  }

  @Override
  public void admit(long growthBytes) {
    instance.gate.enter();
    try {
      admission.admit(growthBytes);
    } finally {
      instance.gate.leave();
    }
  }

  @Override
  public void collectGarbage(long safePoint) {
    instance.gate.enter();
    lock.lock();
    try {
      slots.eraseUnreachable();
      if (work.mayCollect()) {
        collector.collect(table.indexes(), safePoint);
      }
    } finally {
      lock.unlock();
      instance.gate.leave();
    }
  }

  @Override
  public long garbageVersions() {
    long versions = 0;
    for (RocksIndex index : table.indexes()) {
      versions += index.counters.history();
    }
    return versions;
  }

  @Override
  public LogPosition checkpoint() {
    instance.gate.enter();
    try {
      LogPosition position;
      lock.lock();
      try {
        position = applied;
        if (position.equals(flushed)) {
          return position;
        }
        admission.admitFlush();
        instance.write(encoder.encodeCounters(table));
      } finally {
        lock.unlock();
      }
      work.checkpoint(instance::flush);
      markFlushed(position);
      return position;
    } finally {
      instance.gate.leave();
    }
  }

  private void markFlushed(LogPosition position) {
    lock.lock();
    try {
      flushed = position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Exported export(Compression compression, Consumer<ByteBuffer> sink) {
    instance.gate.enter();
    try {
      return ContentExport.write(
          instance, shard, position -> format.writer(shard, position, compression, sink));
    } finally {
      instance.gate.leave();
    }
  }

  /** Reads everything beside the old content, then replaces it: needs disk for both. */
  @Override
  public void restore(String name, Iterable<ByteBuffer> chunks, long newest) {
    restore(name, chunks, newest, () -> {});
  }

  /** The rows are on the disk before anything points to them. */
  @Override
  public void restoreDurably(String name, Iterable<ByteBuffer> chunks) {
    restore(
        name,
        chunks,
        Timestamp.LATEST,
        () -> {
          admission.admitFlush();
          work.checkpoint(instance::flush);
        });
    try {
      checkpoint();
    } catch (DistDbException late) {
      // It is replaced already: whoever reads that there is no room would take it for the old one.
      throw new DistDbException(
          ErrorCode.IO_ERROR,
          "the content of shard " + shard + " was replaced, and could not be made durable",
          late);
    }
  }

  /**
   * @param beforeReplaced what this throws leaves the old content
   */
  private void restore(
      String name, Iterable<ByteBuffer> chunks, long newest, Runnable beforeReplaced) {
    instance.gate.enter();
    try {
      ContentImport content = new ContentImport(instance, slots);
      try {
        format.read(name, chunks, newest, content);
        content.finish();
        beforeReplaced.run();
      } catch (RuntimeException | Error problem) {
        undo(content, problem);
        throw problem;
      }
      replace(content);
    } finally {
      instance.gate.leave();
    }
  }

  /** What cannot be erased now is on record as to be erased. */
  private static void undo(ContentImport content, Throwable problem) {
    try {
      content.undo();
    } catch (DistDbException later) {
      problem.addSuppressed(later);
    }
  }

  private void replace(ContentImport content) {
    lock.lock();
    try {
      BatchBuffer buffer = new BatchBuffer();
      List<RocksIndex> old = new ArrayList<>(table.indexes());
      for (RocksIndex index : old) {
        buffer.delete(Family.RECORDS, Records.index(shard, index.id()));
        buffer.put(Family.RECORDS, Records.dropped(index.slot), new byte[0]);
      }
      for (RocksIndex index : content.indexes()) {
        buffer.put(
            Family.RECORDS,
            Records.index(shard, index.id()),
            new Records.IndexRecord(index.id(), index.kind(), index.slot).toBytes());
        buffer.put(Family.RECORDS, Records.counters(index.slot), index.counters.toBytes());
      }
      content.taken().forEach(slot -> buffer.delete(Family.RECORDS, Records.dropped(slot)));
      int oldSides = sideSlot;
      buffer.put(Family.RECORDS, Records.dropped(oldSides), new byte[0]);
      buffer.put(
          Family.RECORDS,
          Records.store(shard),
          new Records.StoreRecord(content.position(), content.sideSlot()).toBytes());
      instance.write(buffer);
      table = IndexTable.of(content.indexes());
      sideSlot = content.sideSlot();
      applied = content.position();
      heldIndex = applied.index();
      flushed = null;
      old.forEach(slots::dropped);
      slots.erase(oldSides);
    } finally {
      lock.unlock();
    }
  }
}
