// SPDX-License-Identifier: MIT
package io.distdb.bench.storage;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.MemoryOptions;
import io.distdb.storage.memory.MemoryStorageEngine;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A table of rows with an 8-byte key and a value of 67 bytes, as issue 1 measures with. */
final class StoreRows {
  static final IndexId TABLE = new IndexId(1);
  static final IndexId BY_NAME = new IndexId(2);
  private static final int VALUE_BYTES = 67;
  private static final int ROWS_PER_BATCH = 1_000;

  private StoreRows() {}

  static MemoryStorageEngine open(Optional<Disk> disk) {
    return MemoryStorageEngine.open(
        disk,
        new MemoryOptions(Long.MAX_VALUE),
        Scheduler.threads(),
        Clock.system(),
        Journal.Progress.SILENT);
  }

  /** Keys spread over the whole range, in no order; the low numbers make all of them different. */
  static Bytes key(long row) {
    return Bytes.wrap(
        ByteBuffer.allocate(8).putLong(row * 0x9e3779b97f4a7c15L ^ row >>> 7).array());
  }

  /** Half text that repeats, half digits that do not: LZ4 finds something, not everything. */
  static Bytes value(long row, long version) {
    StringBuilder text = new StringBuilder(VALUE_BYTES);
    text.append("customer ").append(row * 31 + version).append(", ");
    text.append(Long.toHexString(row * 0x9e3779b97f4a7c15L + version))
        .append(", shipped to store ");
    text.append(row % 97).append("                                  ");
    text.setLength(VALUE_BYTES);
    return Bytes.utf8(text.toString());
  }

  /** Fills a store, in one of two indexes or both; returns the last position. */
  static long fill(Store store, long rows, boolean secondary) {
    long index = store.applied().index() + 1;
    store.apply(
        new LogPosition(1, index),
        new WriteBatch().createIndex(TABLE, IndexKind.BTREE).createIndex(BY_NAME, IndexKind.HASH));
    for (long from = 0; from < rows; from += ROWS_PER_BATCH) {
      index++;
      WriteBatch batch = new WriteBatch(ROWS_PER_BATCH).at(index);
      for (long row = from; row < Math.min(rows, from + ROWS_PER_BATCH); row++) {
        batch.put(TABLE, key(row), value(row, 0));
        if (secondary) {
          batch.put(
              BY_NAME, HashKey.of(Bytes.utf8("name " + row % 100_000), key(row)), Bytes.EMPTY);
        }
      }
      store.apply(new LogPosition(1, index), batch);
    }
    return index;
  }

  static Store store(MemoryStorageEngine engine) {
    return engine.store(ShardId.SYSTEM);
  }
}
