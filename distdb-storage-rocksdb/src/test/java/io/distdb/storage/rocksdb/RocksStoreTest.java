// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.storage.memory.MemoryStorageProvider;
import io.distdb.testkit.disk.SimulatedDisk;
import io.distdb.testkit.index.IndexAssertions;
import io.distdb.testkit.storage.EngineHome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is this engine's own. */
class RocksStoreTest {
  private static final ShardId SHARD = ShardId.SYSTEM;
  private static final IndexId ROWS = new IndexId(1);
  private static final IndexId NAMES = new IndexId(2);

  private final TemporaryHome home = new TemporaryHome();
  private RocksStorageEngine engine = home.open();

  @AfterEach
  void close() {
    engine.close();
    home.close();
    assertThat(Natives.open()).isZero();
  }

  private Store store() {
    return engine.store(SHARD);
  }

  private void reopen() {
    engine.close();
    engine = home.open();
  }

  private static Bytes key(int number) {
    return Bytes.utf8(String.format("row %05d", number));
  }

  private static void apply(Store store, WriteBatch batch) {
    store.apply(new LogPosition(1, store.applied().index() + 1), batch);
  }

  /** Rows that were changed and deleted, a hash index, side records. */
  private static void fill(Store store) {
    apply(
        store,
        new WriteBatch()
            .createIndex(ROWS, IndexKind.BTREE)
            .createIndex(NAMES, IndexKind.HASH)
            .putSide(Bytes.utf8("side"), Bytes.utf8("record")));
    for (int change = 1; change <= 3; change++) {
      WriteBatch batch = new WriteBatch().at(10L * change);
      for (int i = 0; i < 200; i += change) {
        Bytes value = Bytes.utf8("change " + change + " of " + i);
        if (i % 7 == change) {
          batch.delete(ROWS, key(i));
        } else {
          batch.put(ROWS, key(i), value);
        }
        batch.put(NAMES, HashKey.of(Bytes.utf8("name " + i % 5), key(i)), value);
      }
      apply(store, batch);
    }
  }

  private static List<Object> content(Store store) {
    List<Object> content = new ArrayList<>();
    content.add(store.applied());
    for (long asOf : new long[] {5, 10, 15, 20, 30, Timestamp.LATEST}) {
      content.addAll(
          IndexAssertions.drain(store.index(ROWS).range(KeyRange.ALL, Direction.FORWARD, asOf)));
      for (int name = 0; name < 5; name++) {
        content.addAll(
            IndexAssertions.drainSorted(
                store.index(NAMES).lookup(Bytes.utf8("name " + name), asOf)));
      }
    }
    store.forEachSide(Bytes.EMPTY, (key, value) -> content.add(List.of(key, value)));
    return content;
  }

  private static List<ByteBuffer> exported(Store store) {
    List<ByteBuffer> chunks = new ArrayList<>();
    store.export(
        chunk -> chunks.add(ByteBuffer.wrap(Bytes.read(chunk, chunk.remaining()).array())));
    return chunks;
  }

  @Test
  void exportsMoveBetweenTheEnginesWithAllVersions() {
    fill(store());
    EngineHome memoryHome = EngineHome.of(new MemoryStorageProvider(), new SimulatedDisk(1));
    try (StorageEngine memory = memoryHome.open();
        TemporaryHome secondHome = new TemporaryHome();
        RocksStorageEngine second = secondHome.open()) {
      memory.store(SHARD).restore(exported(store()));
      assertThat(content(memory.store(SHARD))).isEqualTo(content(store()));
      second.store(SHARD).restore(exported(memory.store(SHARD)));
      assertThat(content(second.store(SHARD))).isEqualTo(content(store()));
      second.close();
    }
  }

  @Test
  void olderVersionsSurviveAReopening() {
    fill(store());
    List<Object> before = content(store());
    long garbage = store().garbageVersions();
    store().checkpoint();
    reopen();
    assertThat(content(store())).isEqualTo(before);
    assertThat(store().garbageVersions()).isEqualTo(garbage).isPositive();
    assertThat(store().index(ROWS).estimatedEntries())
        .isEqualTo(
            IndexAssertions.drain(
                    store().index(ROWS).range(KeyRange.ALL, Direction.BACKWARD, Timestamp.LATEST))
                .size());
  }

  @Test
  void collectionLeavesNothingOfOldVersionsAndDeletions() {
    fill(store());
    List<Object> newest =
        List.copyOf(
            IndexAssertions.drain(
                store().index(ROWS).range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST)));
    store().collectGarbage(1_000);
    assertThat(store().garbageVersions()).isZero();
    assertThat(
            IndexAssertions.drain(
                store().index(ROWS).range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST)))
        .isEqualTo(newest);
    // A deleted key is forgotten altogether, its deletion too.
    assertThat(store().index(ROWS).newestTimestamp(key(3))).isEqualTo(Timestamp.NONE);
  }

  @Test
  void replacedContentAndDroppedIndexesAreErasedWhenOpenedAgain() {
    fill(store());
    List<ByteBuffer> chunks = exported(store());
    store().restore(chunks);
    List<Object> content = content(store());
    store().checkpoint();
    reopen();
    assertThat(content(store())).isEqualTo(content);
    apply(store(), new WriteBatch().dropIndex(ROWS).dropIndex(NAMES));
    store().checkpoint();
    reopen();
    assertThat(store().indexes()).isEmpty();
    engine.close();
    try (Instance instance =
            Instance.open(home.directory, RocksOptions.ofBudget(RocksOptions.BUDGET_BYTES_MIN));
        OpenIterator rows = instance.iterate(Family.ORDERED);
        OpenIterator names = instance.iterate(Family.HASHED);
        OpenIterator history = instance.iterate(Family.HISTORY)) {
      assertThat(rows.seek(new byte[0])).isFalse();
      assertThat(names.seek(new byte[0])).isFalse();
      assertThat(history.seek(new byte[0])).isFalse();
    }
  }

  @Test
  void shardsShareTheInstanceAndNothingElse() {
    ShardId other = new ShardId(9);
    fill(store());
    fill(engine.store(other));
    apply(engine.store(other), new WriteBatch().dropIndex(ROWS).deleteSide(Bytes.utf8("side")));
    engine.store(other).checkpoint();
    assertThat(store().side(Bytes.utf8("side"))).isEqualTo(Bytes.utf8("record"));
    Index rows = store().index(ROWS);
    reopen();
    assertThat(engine.shards()).containsExactly(SHARD, other);
    assertThat(engine.store(other).findIndex(ROWS)).isEmpty();
    assertThat(engine.store(SHARD).index(ROWS).estimatedEntries())
        .isEqualTo(rows.estimatedEntries());
  }

  @Test
  void cacheAndWriteBuffersKeepToTheBudget() {
    WriteBatch create = new WriteBatch().createIndex(ROWS, IndexKind.BTREE);
    apply(store(), create);
    byte[] value = new byte[4_000];
    for (int batch = 0; batch < 40; batch++) {
      WriteBatch rows = new WriteBatch().at(batch + 1);
      for (int i = 0; i < 500; i++) {
        new java.util.SplittableRandom(batch * 500L + i).nextBytes(value);
        rows.put(ROWS, key(batch * 500 + i), Bytes.copyOf(value, 0, value.length));
      }
      apply(store(), rows);
    }
    store().checkpoint();
    IndexAssertions.drain(
        store().index(ROWS).range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST));
    Map<String, Double> metrics = new HashMap<>();
    engine.metrics().forEach(metric -> metrics.put(metric.name(), metric.value().getAsDouble()));
    assertThat(metrics.get("rocksdb.files")).isGreaterThan(70 << 20);
    assertThat(engine.memoryBytes()).isPositive().isLessThan(engine.memoryBudgetBytes() * 5 / 4);
    assertThat(metrics.get("rocksdb.flushed")).isPositive();
    assertThat(metrics.get("rocksdb.cache_misses")).isPositive();
  }
}
