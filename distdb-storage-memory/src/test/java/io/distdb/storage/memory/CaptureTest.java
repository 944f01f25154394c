// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Writes between the blocks of an export: the sink is the writer, so that each comes at a known
 * place of the walk.
 */
class CaptureTest {
  private static final IndexId ROWS = TestEngines.ROWS;
  private static final IndexId NAMES = TestEngines.NAMES;
  private static final int KEYS = 3_000;

  private static Bytes key(int number) {
    return Bytes.utf8(String.format("key %05d", number));
  }

  private static Bytes value(int version, int number) {
    return Bytes.utf8("version " + version + " of " + number + " ".repeat(200 + number % 7));
  }

  /**
   * Batch {@code version}, at that timestamp and log index: every third key in both indexes, and
   * deletions of keys that never were. The first makes the indexes and has every key.
   */
  private static WriteBatch batch(int version) {
    WriteBatch batch = new WriteBatch().at(version);
    if (version == 1) {
      batch.createIndex(ROWS, IndexKind.BTREE).createIndex(NAMES, IndexKind.HASH);
    }
    for (int i = version == 1 ? 0 : version % 3; i < KEYS; i += version == 1 ? 1 : 3) {
      batch.put(ROWS, key(i), value(version, i));
      batch.put(NAMES, HashKey.of(key(i), Bytes.EMPTY), value(version, i));
    }
    for (int i = version; i < KEYS; i += 50) {
      batch.delete(ROWS, key(i + KEYS * version));
    }
    return batch.putSide(Bytes.utf8("version"), Bytes.utf8("" + version));
  }

  private static Store filled(MemoryStorageEngine engine) {
    Store store = engine.store(TestEngines.SHARD);
    store.apply(TestEngines.at(1), batch(1));
    store.apply(TestEngines.at(2), batch(2));
    return store;
  }

  private static String contentOf(List<ByteBuffer> chunks) {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(256 << 20)) {
      Store store = engine.store(TestEngines.SHARD);
      store.restore(chunks);
      return content(store);
    }
  }

  /** Which versions there are of which keys, and the side records. */
  private static String content(Store store) {
    StringBuilder text = new StringBuilder().append(store.applied());
    store.forEachSide(Bytes.EMPTY, (key, value) -> text.append(value));
    for (Index index : store.indexes()) {
      text.append("\nindex ").append(index.id());
      for (int i = 0; i < KEYS; i++) {
        Bytes entry = index.kind() == IndexKind.BTREE ? key(i) : HashKey.of(key(i), Bytes.EMPTY);
        for (long asOf = 1; asOf < 12; asOf++) {
          text.append(index.get(entry, asOf) == null ? '-' : '+');
        }
        text.append(index.newestTimestamp(entry));
      }
    }
    return text.toString();
  }

  @Test
  void exportLeavesOutWhatIsWrittenMeanwhile() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(256 << 20)) {
      Store store = filled(engine);
      String before = content(store);
      List<ByteBuffer> chunks = new ArrayList<>();
      int[] version = {3};
      store.export(chunk -> {
        chunks.add(TestEngines.copy(chunk));
        if (version[0] < 12) {
          store.apply(TestEngines.at(version[0]), batch(version[0]));
          store.collectGarbage(version[0]++);
        }
      });
      assertThat(chunks).hasSizeGreaterThan(12);
      assertThat(store.applied()).isEqualTo(TestEngines.at(11));
      assertThat(contentOf(chunks)).isEqualTo(before);
    }
  }

  @Test
  void exportKeepsAnIndexThatIsDroppedAndMissesOneThatIsMadeMeanwhile() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(256 << 20)) {
      Store store = filled(engine);
      String before = content(store);
      List<ByteBuffer> chunks = new ArrayList<>();
      store.export(chunk -> {
        if (chunks.isEmpty()) {
          store.apply(
              TestEngines.at(3),
              new WriteBatch()
                  .at(3)
                  .dropIndex(NAMES)
                  .createIndex(new IndexId(9), IndexKind.BTREE)
                  .put(new IndexId(9), key(1), key(1)));
        }
        chunks.add(TestEngines.copy(chunk));
      });
      assertThat(contentOf(chunks)).isEqualTo(before);
      assertThat(store.indexes()).extracting(index -> index.id().value()).containsExactly(1L, 9L);
    }
  }

  /** A version that is put again is not new: the walk must not take it for a later one. */
  @Test
  void exportKeepsAVersionThatIsPutAgainMeanwhile() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(256 << 20)) {
      Store store = filled(engine);
      String before = content(store);
      List<ByteBuffer> chunks = new ArrayList<>();
      store.export(chunk -> {
        if (chunks.isEmpty()) {
          store.apply(TestEngines.at(3), batch(2));
        }
        chunks.add(TestEngines.copy(chunk));
      });
      assertThat(contentOf(chunks)).isEqualTo(before);
    }
  }

  @Test
  void collectionGoesOnAfterTheWalk() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(256 << 20)) {
      Store store = filled(engine);
      store.apply(TestEngines.at(3), batch(5));
      long garbage = store.garbageVersions();
      assertThat(garbage).isPositive();
      long[] meanwhile = {-1};
      store.export(chunk -> {
        store.collectGarbage(100);
        meanwhile[0] = meanwhile[0] < 0 ? store.garbageVersions() : meanwhile[0];
      });
      for (int call = 0; call < 20; call++) {
        store.collectGarbage(100);
      }
      assertThat(meanwhile[0]).as("garbage while walked").isEqualTo(garbage);
      assertThat(store.garbageVersions()).isZero();
    }
  }
}
