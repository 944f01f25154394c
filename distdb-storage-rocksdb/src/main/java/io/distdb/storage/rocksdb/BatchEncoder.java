// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Limits;
import io.distdb.api.storage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDB;

/**
 * Turns a batch into what RocksDB is to write for it, and refuses it whole when it cannot be
 * applied: nothing is changed before the result is written. Guarded by the store's lock.
 *
 * <p>A key that a batch writes twice needs no care: both operations find the same version before
 * the batch, write the same into the history, and the later one wins.
 */
final class BatchEncoder {
  private final Instance instance;
  private final Slots slots;
  private final BatchBuffer buffer = new BatchBuffer();

  /** Whose counts the batch changes. */
  private final List<RocksIndex> touched = new ArrayList<>();

  private final List<RocksIndex> dropped = new ArrayList<>();
  private IndexTable table;
  private RocksIndex last;
  private Target target;

  /** Whose batch it is. */
  record Target(ShardId shard, int sideSlot) {}

  BatchEncoder(Instance instance, Slots slots) {
    this.instance = instance;
    this.slots = slots;
  }

  /**
   * @throws DistDbException {@code UNDEFINED_OBJECT}, {@code DUPLICATE_OBJECT}, {@code
   *     PROGRAM_LIMIT_EXCEEDED}: nothing was changed
   */
  BatchBuffer encode(WriteBatch batch, IndexTable current, Target of) {
    forget();
    buffer.clear();
    table = current;
    target = of;
    long timestamp = batch.timestamp();
    for (WriteBatch.Operation operation : batch.operations()) {
      encode(operation, timestamp);
    }
    storeCounters(false);
    return buffer;
  }

  private void encode(WriteBatch.Operation operation, long timestamp) {
    switch (operation) {
      case WriteBatch.Put put ->
          version(put.index(), put.key().array(), put.value().array(), timestamp);
      case WriteBatch.PutAll all -> {
        for (int i = 0; i < all.run().size(); i++) {
          version(all.index(), all.run().key(i), all.run().value(i), timestamp);
        }
      }
      case WriteBatch.Delete delete ->
          version(delete.index(), delete.key().array(), null, timestamp);
      case WriteBatch.CreateIndex create -> create(create.index(), create.kind());
      case WriteBatch.DropIndex drop -> drop(drop.index());
      case WriteBatch.PutSide side -> {
        checkLength("side record's key", side.key().length(), Limits.KEY_BYTES_MAX);
        checkLength("side record", side.value().length(), Limits.VALUE_BYTES_MAX);
        buffer.put(Family.RECORDS, sideKey(side.key()), side.value().array());
      }
      case WriteBatch.DeleteSide side -> buffer.delete(Family.RECORDS, sideKey(side.key()));
    }
  }

  private byte[] sideKey(Bytes key) {
    return Records.side(target.sideSlot, key.array());
  }

  private void storeCounters(boolean all) {
    for (RocksIndex index : all ? table.indexes() : touched) {
      if (all ? !index.counters.isStored() : index.counters.isDueToBeStored()) {
        buffer.put(Family.RECORDS, Records.counters(index.slot), index.counters.toBytes());
      }
    }
  }

  /** A batch of the counts that are not stored yet. */
  BatchBuffer encodeCounters(IndexTable current) {
    forget();
    buffer.clear();
    table = current;
    storeCounters(true);
    return buffer;
  }

  private void create(IndexId id, IndexKind kind) {
    RocksIndex existing = table.find(id);
    if (existing == null) {
      RocksIndex index = RocksIndex.created(instance, id, kind, slots.next());
      table = table.with(index);
      buffer.put(
          Family.RECORDS,
          Records.index(target.shard, id),
          new Records.IndexRecord(id, kind, index.slot).toBytes());
    } else if (existing.kind() != kind) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_OBJECT,
          "index " + id + " exists as " + existing.kind() + ", not as " + kind);
    }
    last = null;
  }

  private void drop(IndexId id) {
    RocksIndex index = table.find(id);
    if (index != null) {
      table = table.without(id);
      dropped.add(index);
      buffer.delete(Family.RECORDS, Records.index(target.shard, id));
      buffer.put(Family.RECORDS, Records.dropped(index.slot), new byte[0]);
    }
    last = null;
  }

  private RocksIndex indexOf(IndexId id, byte[] key) {
    RocksIndex index = last;
    if (index == null || index.id().value() != id.value()) {
      index = table.find(id);
      if (index == null) {
        throw RocksStore.undefined(id);
      }
      last = index;
      if (index.counters.begin()) {
        touched.add(index);
      }
    }
    checkLength("key", key.length, Limits.KEY_BYTES_MAX);
    if (index.kind() == IndexKind.HASH) {
      Invariant.check(HashKey.isValid(Bytes.wrap(key)), "keys of a HASH index are HashKeys");
    }
    return index;
  }

  private static void checkLength(String what, int length, int bytesMax) {
    if (length > bytesMax) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "a " + what + " of " + length + " bytes; the limit is " + bytesMax);
    }
  }

  /**
   * @param value null for a deletion
   */
  private void version(IndexId id, byte[] key, byte[] value, long timestamp) {
    Invariant.check(timestamp > Timestamp.NONE, "versions have a commit timestamp");
    RocksIndex index = indexOf(id, key);
    if (value != null) {
      checkLength("value", value.length, Limits.VALUE_BYTES_MAX);
    }
    Scratch scratch = Scratch.ofThread();
    int keyLength = index.newestKey(scratch, key);
    int oldLength =
        index.isAboveAll(key) ? RocksDB.NOT_FOUND : instance.get(index.family, scratch, keyLength);
    long moreEntries = value == null ? 0 : 1;
    long moreBytes = keyLength + Header.BYTES + (value == null ? 0 : value.length);
    long moreHistory = 0;
    if (oldLength != RocksDB.NOT_FOUND) {
      long header = scratch.header();
      if (Header.timestamp(header) >= timestamp) {
        return;
      }
      supersede(index, key, scratch, oldLength, timestamp);
      boolean wasDeletion = Header.isDeletion(header);
      moreEntries -= wasDeletion ? 0 : 1;
      moreHistory += wasDeletion ? 0 : 1;
      moreBytes += (wasDeletion ? 0 : KeyLayout.historyBytes(key.length)) - keyLength;
    }
    buffer.beginPut(index.family, keyLength);
    buffer.raw(scratch.key, 0, keyLength);
    buffer.beginValue(Header.BYTES + (value == null ? 0 : value.length));
    buffer.int64(Header.of(timestamp, value == null));
    if (value == null) {
      markDeletion(index, key, timestamp);
      moreHistory++;
      moreBytes += KeyLayout.historyBytes(key.length) + Header.BYTES;
    } else {
      buffer.raw(value, 0, value.length);
    }
    index.counters.add(moreEntries, moreBytes, moreHistory);
  }

  /** Moves the newest version, which is in {@code scratch}, into the history. */
  private void supersede(
      RocksIndex index, byte[] key, Scratch scratch, int oldLength, long timestamp) {
    long header = scratch.header();
    beginHistory(index, key, Header.timestamp(header));
    buffer.beginValue(oldLength);
    buffer.int64(Header.of(timestamp, Header.isDeletion(header)));
    buffer.raw(scratch.value, Header.BYTES, oldLength - Header.BYTES);
    index.counters.superseded(timestamp);
  }

  /** Lets collection find a deletion that is a key's newest version. */
  private void markDeletion(RocksIndex index, byte[] key, long timestamp) {
    beginHistory(index, key, timestamp);
    buffer.beginValue(Header.BYTES);
    buffer.int64(Header.of(Header.NOT_SUPERSEDED, true));
    index.counters.superseded(timestamp);
  }

  private void beginHistory(RocksIndex index, byte[] key, long timestamp) {
    buffer.beginPut(Family.HISTORY, KeyLayout.historyBytes(key.length));
    buffer.int32(index.slot);
    buffer.int32(key.length);
    buffer.raw(key, 0, key.length);
    buffer.int64(~timestamp);
  }

  /** The indexes as they are after the batch. */
  IndexTable table() {
    return table;
  }

  /** Indexes that the batch dropped, which others may still read. */
  List<RocksIndex> dropped() {
    return List.copyOf(dropped);
  }

  /** The batch is written. */
  void publish() {
    touched.forEach(index -> index.counters.publishChanges());
    touched.clear();
  }

  /** The batch is not, or not any more, of interest. */
  private void forget() {
    touched.forEach(index -> index.counters.forgetChanges());
    touched.clear();
    dropped.clear();
    last = null;
  }
}
