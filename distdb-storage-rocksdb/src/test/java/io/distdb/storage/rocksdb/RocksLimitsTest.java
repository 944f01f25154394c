// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.metrics.Metric;
import io.distdb.api.provider.IoLimits;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine's work in the background may move, and what it tells of it. */
final class RocksLimitsTest {
  private static final IndexId ROWS = new IndexId(1);
  private static final int KEYS = 100;

  private final TemporaryHome home = new TemporaryHome();
  private long index;

  @AfterEach
  void removeFiles() {
    home.close();
  }

  /** Writes every key anew. */
  private void update(Store store) {
    index++;
    WriteBatch batch = new WriteBatch().at(index);
    for (int i = 0; i < KEYS; i++) {
      batch.put(ROWS, Bytes.utf8("key" + i), Bytes.utf8("value " + index));
    }
    store.apply(new LogPosition(1, index), batch);
  }

  private static Map<String, Double> metrics(RocksStorageEngine engine) {
    Map<String, Double> metrics = new HashMap<>();
    for (Metric metric : engine.metrics()) {
      assertThat(metrics.put(metric.name(), metric.value().getAsDouble()))
          .as(metric.name())
          .isNull();
    }
    return metrics;
  }

  private Store filled(RocksStorageEngine engine) {
    Store store = engine.store(ShardId.SYSTEM);
    index++;
    store.apply(new LogPosition(1, index), new WriteBatch().createIndex(ROWS, IndexKind.BTREE));
    update(store);
    update(store);
    return store;
  }

  @Test
  void aCollectionPastTheLimitIsPutOff() {
    try (RocksStorageEngine engine = home.open(IoLimits.DEFAULT.withCollection(1))) {
      Store store = filled(engine);
      store.collectGarbage(index);
      assertThat(store.garbageVersions()).isZero();
      update(store);
      store.collectGarbage(index);
      assertThat(store.garbageVersions()).isEqualTo(KEYS);
      Map<String, Double> metrics = metrics(engine);
      assertThat(metrics).containsEntry("collection.put_off", 1.0);
      assertThat(metrics).containsEntry("storage.collected_versions", (double) KEYS);
      assertThat(metrics).containsEntry("storage.garbage_versions", (double) KEYS);
      assertThat(metrics.get("collection.bytes")).isGreaterThan(KEYS * 20.0);
    }
  }

  @Test
  void withinTheLimitEveryCollectionGoesOn() {
    try (RocksStorageEngine engine = home.open(IoLimits.DEFAULT)) {
      Store store = filled(engine);
      for (int i = 0; i < 5; i++) {
        update(store);
        store.collectGarbage(index);
        assertThat(store.garbageVersions()).isZero();
      }
      assertThat(metrics(engine)).containsEntry("collection.put_off", 0.0);
    }
  }

  @Test
  void metricsOfAClosedEngineAreReadWithoutHarm() {
    RocksStorageEngine engine = home.open(IoLimits.DEFAULT);
    filled(engine);
    List<Metric> metrics = engine.metrics();
    engine.close();
    for (Metric metric : metrics) {
      assertThat(metric.value().getAsDouble()).as(metric.name()).isNotNegative();
    }
  }

  @Test
  void checkpointsAreCountedAndTheirFilesHaveALevel() {
    IoLimits limits = IoLimits.DEFAULT.withCompaction(12 << 20);
    try (RocksStorageEngine engine = home.open(limits)) {
      Store store = filled(engine);
      store.checkpoint();
      store.checkpoint();
      Map<String, Double> metrics = metrics(engine);
      assertThat(metrics).containsEntry("rocksdb.io_limit", (double) (12 << 20));
      // The second had nothing to do.
      assertThat(metrics).containsEntry("checkpoint.count", 1.0);
      assertThat(metrics.get("checkpoint.time")).isPositive();
      double files = 0;
      for (int level = 0; level < 7; level++) {
        files += metrics.get("rocksdb.level" + level + "_files");
      }
      assertThat(files).isPositive();
      assertThat(metrics.get("rocksdb.level0_size")).isNotNegative();
    }
  }
}
