// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an export into slots of its own, beside what the store has. Nothing points to them until
 * {@link RocksStore#restore} says so in one batch; until then they are on record as to be erased,
 * so that a crash leaves nothing behind.
 */
final class ContentImport implements ExportFormat.Visitor {
  private static final int BATCH_BYTES = 4 << 20;

  private final Instance instance;
  private final Slots slots;
  private final BatchBuffer buffer = new BatchBuffer();
  private final List<RocksIndex> indexes = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();
  private final int sideSlot;
  private LogPosition position = LogPosition.START;

  ContentImport(Instance instance, Slots slots) {
    this.instance = instance;
    this.slots = slots;
    sideSlot = take();
  }

  private int take() {
    int slot = slots.next();
    taken.add(slot);
    buffer.put(Family.RECORDS, Records.dropped(slot), new byte[0]);
    return slot;
  }

  LogPosition position() {
    return position;
  }

  int sideSlot() {
    return sideSlot;
  }

  List<RocksIndex> indexes() {
    return indexes;
  }

  /** The slots that hold what was read. */
  List<Integer> taken() {
    return taken;
  }

  /** Writes what is left. */
  void finish() {
    instance.write(buffer);
    buffer.clear();
  }

  /** Erases everything that was read. */
  void undo() {
    taken.forEach(slots::erase);
  }

  @Override
  public void position(LogPosition of) {
    position = of;
  }

  @Override
  public void side(Bytes key, Bytes value) {
    buffer.put(Family.RECORDS, Records.side(sideSlot, key.array()), value.array());
    writeWhenFull();
  }

  private void writeWhenFull() {
    if (buffer.length() > BATCH_BYTES) {
      instance.gate.requireOpen();
      finish();
    }
  }

  @Override
  public void index(IndexId id, IndexKind kind, ExportFormat.Versions versions) {
    RocksIndex index = new RocksIndex(instance, id, kind, take());
    long entries = 0;
    long bytes = 0;
    long history = 0;
    byte[] lastKey = null;
    long lastTimestamp = 0;
    while (versions.next()) {
      byte[] key = versions.key();
      byte[] value = versions.value();
      if (key == lastKey) {
        history(index, key, versions.timestamp(), lastTimestamp, value);
        history++;
        bytes += KeyLayout.historyBytes(key.length);
      } else {
        newest(index, key, versions.timestamp(), value);
        entries += value == null ? 0 : 1;
        history += value == null ? 1 : 0;
        bytes += KeyLayout.prefixBytes(kind) + key.length;
      }
      bytes += Header.BYTES + (value == null ? 0 : value.length);
      lastKey = key;
      lastTimestamp = versions.timestamp();
      writeWhenFull();
    }
    index.counters.set(entries, bytes, history);
    indexes.add(index);
  }

  private void newest(RocksIndex index, byte[] key, long timestamp, byte[] value) {
    byte[] stored = KeyLayout.newest(index.slot, index.kind(), key);
    buffer.beginPut(index.family, stored.length);
    buffer.raw(stored, 0, stored.length);
    value(Header.of(timestamp, value == null), value);
    if (value == null) {
      history(index, key, timestamp, Header.NOT_SUPERSEDED, null);
    }
  }

  private void history(
      RocksIndex index, byte[] key, long timestamp, long supersededAt, byte[] value) {
    byte[] stored = KeyLayout.history(index.slot, key, timestamp);
    buffer.beginPut(Family.HISTORY, stored.length);
    buffer.raw(stored, 0, stored.length);
    value(Header.of(supersededAt, value == null), value);
  }

  private void value(long header, byte[] value) {
    int length = value == null ? 0 : value.length;
    buffer.beginValue(Header.BYTES + length);
    buffer.int64(header);
    if (value != null) {
      buffer.raw(value, 0, length);
    }
  }
}
