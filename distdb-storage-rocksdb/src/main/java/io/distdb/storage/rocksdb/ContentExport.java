// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.Exported;
import io.distdb.api.storage.LogPosition;
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
    try (OpenIterator newest = view.iterate(StoredVersions.family(index.kind()));
        OpenIterator history = view.iterate(Family.HISTORY)) {
      StoredVersions stored = new StoredVersions(newest, history, index);
      while (stored.next()) {
        writer.version(stored.key(), stored.value(), stored.timestamp());
        if (++versions % LOOK_UP_EVERY == 0) {
          instance.gate.requireOpen();
        }
      }
    }
  }
}
