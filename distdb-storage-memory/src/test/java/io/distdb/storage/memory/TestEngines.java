// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.disk.Disk;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.index.IndexAssertions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Engines for tests, and a log of batches to fill them with. */
final class TestEngines {
  static final ShardId SHARD = new ShardId(5);
  static final IndexId ROWS = new IndexId(1);
  static final IndexId NAMES = new IndexId(2);

  private TestEngines() {}

  static MemoryStorageEngine open(Disk disk) {
    return MemoryStorageEngine.open(
        Optional.of(disk),
        new MemoryOptions(64 << 20),
        Scheduler.threads(),
        Clock.system(),
        Journal.Progress.SILENT);
  }

  static MemoryStorageEngine withoutDisk(long budgetBytes) {
    return MemoryStorageEngine.open(
        Optional.empty(),
        new MemoryOptions(budgetBytes),
        Scheduler.threads(),
        Clock.system(),
        Journal.Progress.SILENT);
  }

  static LogPosition at(long index) {
    return new LogPosition(1, index);
  }

  /**
   * The batch at a log index: timestamp and content follow from it. The first makes the indexes.
   */
  static WriteBatch batch(long index) {
    WriteBatch batch = new WriteBatch().at(index);
    if (index == 1) {
      batch.createIndex(ROWS, IndexKind.BTREE).createIndex(NAMES, IndexKind.HASH);
    }
    Bytes row = Bytes.utf8("row " + index % 7);
    Bytes name = HashKey.of(Bytes.utf8("name " + index % 3), row);
    Bytes value = Bytes.utf8("value of " + index);
    if (index % 5 == 0) {
      batch.delete(ROWS, row).delete(NAMES, name);
    } else {
      batch.put(ROWS, row, value).put(NAMES, name, value);
    }
    return batch
        .putSide(Bytes.utf8("last"), value)
        .deleteSide(Bytes.utf8("side " + (index - 1)))
        .putSide(Bytes.utf8("side " + index), value);
  }

  static void applyThrough(Store store, long index) {
    for (long next = store.applied().index() + 1; next <= index; next++) {
      store.apply(at(next), batch(next));
    }
  }

  /** All that a store shows at every timestamp up to its position, as text to compare. */
  static String content(Store store) {
    StringJoiner text = new StringJoiner("\n");
    text.add("applied " + store.applied());
    for (Index index : store.indexes()) {
      for (long asOf = 0; asOf <= store.applied().index(); asOf++) {
        text.add(index.id() + " at " + asOf + ": " + entries(index, asOf));
      }
      text.add(index.id() + " newest: " + entries(index, Timestamp.LATEST));
    }
    store.forEachSide(Bytes.EMPTY, (key, value) -> text.add(key + " = " + value));
    return text.toString();
  }

  private static Object entries(Index index, long asOf) {
    if (index.kind() == IndexKind.BTREE) {
      return IndexAssertions.drain(index.range(KeyRange.ALL, Direction.FORWARD, asOf));
    }
    List<Object> entries = new ArrayList<>();
    for (int name = 0; name < 3; name++) {
      entries.add(IndexAssertions.drainSorted(index.lookup(Bytes.utf8("name " + name), asOf)));
    }
    return entries;
  }

  /** What a store has after the batches through {@code index}. */
  static String contentAfter(long index) {
    try (MemoryStorageEngine engine = withoutDisk(1 << 20)) {
      applyThrough(engine.store(SHARD), index);
      return content(engine.store(SHARD));
    }
  }

  static List<ByteBuffer> exported(Store store) {
    List<ByteBuffer> chunks = new ArrayList<>();
    store.export(chunk -> chunks.add(copy(chunk)));
    return chunks;
  }

  static ByteBuffer copy(ByteBuffer chunk) {
    return ByteBuffer.wrap(Bytes.read(chunk, chunk.remaining()).array());
  }
}
