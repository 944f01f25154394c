// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.Exported;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Writes a store's content out of one state of the instance: since a batch is written with its
 * position, that state is the store's at one position, while the writer goes on.
 */
final class ContentExport {
  private static final int LOOK_UP_EVERY = 4_096;

  private final Instance instance;
  private final Instance.View view;
  private final ExportFormat.Writer writer;
  private int versions;

  private ContentExport(Instance instance, Instance.View view, ExportFormat.Writer writer) {
    this.instance = instance;
    this.view = view;
    this.writer = writer;
  }

  /**
   * @param format begins the export at a position
   * @throws io.distdb.api.error.DistDbException {@code SHUTTING_DOWN}: the engine is being closed
   */
  static Exported write(
      Instance instance, ShardId shard, Function<LogPosition, ExportFormat.Writer> format) {
    try (Instance.View view = instance.view()) {
      byte[] stored = view.get(Family.RECORDS, Records.store(shard));
      if (stored == null) {
        return new Exported(LogPosition.START, format.apply(LogPosition.START).finish());
      }
      Records.StoreRecord store = Records.StoreRecord.of(stored);
      ExportFormat.Writer writer = format.apply(store.applied());
      new ContentExport(instance, view, writer).write(shard, store.sideSlot());
      return new Exported(store.applied(), writer.finish());
    }
  }

  private void write(ShardId shard, int sideSlot) {
    byte[] sides = Records.sides(sideSlot);
    try (OpenIterator records = view.iterate(Family.RECORDS)) {
      for (boolean is = records.seek(sides); is; is = records.next()) {
        byte[] key = records.key();
        if (!Instance.startsWith(key, sides)) {
          break;
        }
        writer.side(Bytes.copyOf(key, sides.length, key.length), Bytes.wrap(records.value()));
      }
      byte[] indexes = Records.indexes(shard);
      for (boolean is = records.seek(indexes); is; is = records.next()) {
        byte[] key = records.key();
        if (!Instance.startsWith(key, indexes)) {
          break;
        }
        write(Records.IndexRecord.of(key, records.value()));
      }
    }
  }

  private void write(Records.IndexRecord index) {
    writer.index(index.id(), index.kind());
    Family family = index.kind() == IndexKind.BTREE ? Family.ORDERED : Family.HASHED;
    byte[] start = KeyLayout.slotStart(index.slot());
    try (OpenIterator newest = view.iterate(family);
        OpenIterator history = view.iterate(Family.HISTORY)) {
      boolean hasHistory = history.seek(start) && KeyLayout.isOfSlot(history.key(), index.slot());
      for (boolean is = newest.seek(start); is; is = newest.next()) {
        byte[] stored = newest.key();
        if (!KeyLayout.isOfSlot(stored, index.slot())) {
          return;
        }
        byte[] key = Arrays.copyOfRange(stored, KeyLayout.prefixBytes(index.kind()), stored.length);
        byte[] value = newest.value();
        long header = ByteBuffer.wrap(value).getLong();
        version(key, header, value, Header.timestamp(header));
        if (hasHistory) {
          older(history, index.slot(), key, Header.timestamp(header));
        }
      }
    }
  }

  private void older(OpenIterator history, int slot, byte[] key, long newest) {
    byte[] prefix =
        Arrays.copyOf(
            KeyLayout.history(slot, key, newest),
            KeyLayout.historyBytes(key.length) - KeyLayout.TIMESTAMP_BYTES);
    // Below the newest: the mark of a deletion has the newest's own timestamp.
    for (boolean is = history.seek(KeyLayout.history(slot, key, newest - 1));
        is;
        is = history.next()) {
      byte[] stored = history.key();
      if (stored.length != KeyLayout.historyBytes(key.length)
          || !Instance.startsWith(stored, prefix)) {
        return;
      }
      byte[] value = history.value();
      version(key, ByteBuffer.wrap(value).getLong(), value, KeyLayout.timestampOfHistory(stored));
    }
  }

  private void version(byte[] key, long header, byte[] value, long timestamp) {
    writer.version(
        key,
        Header.isDeletion(header) ? null : Arrays.copyOfRange(value, Header.BYTES, value.length),
        timestamp);
    if (++versions % LOOK_UP_EVERY == 0) {
      instance.gate.requireOpen();
    }
  }
}
