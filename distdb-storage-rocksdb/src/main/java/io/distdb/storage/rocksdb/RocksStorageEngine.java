// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.ShardId;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engine for data larger than memory: one RocksDB for all shards of a node, durable through the
 * log and flushes.
 *
 * <p>Its directory holds RocksDB's files and nothing else; RocksDB locks it.
 */
public final class RocksStorageEngine implements StorageEngine {
  private final Instance instance;
  private final RocksOptions options;
  private final ExportFormat exports;
  private final Scheduler scheduler;
  private final Slots slots;
  private final Admission admission;
  private final BackgroundWork work;
  private final ConcurrentHashMap<ShardId, RocksStore> stores = new ConcurrentHashMap<>();

  private RocksStorageEngine(
      Instance instance,
      RocksOptions options,
      ExportFormat exports,
      Scheduler scheduler,
      Clock clock) {
    this.instance = instance;
    this.options = options;
    this.exports = exports;
    this.scheduler = scheduler;
    slots = new Slots(instance);
    admission = Admission.of(instance, options.budgetBytes());
    work = new BackgroundWork(options.limits(), clock, scheduler);
  }

  /**
   * Opens an engine with what was flushed; the log above {@link Store#applied} is the caller's to
   * apply again.
   *
   * @param directory made when it is missing; the directory above it exists
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: RocksDB's library does
   *     not load; {@code INCOMPATIBLE_FORMAT}: the directory is another engine's, or a newer
   *     DistDB's; {@code DATA_CORRUPTED}: a file is damaged, which the message names; {@code
   *     DATABASE_IN_USE}; {@code DISK_FULL}; {@code IO_ERROR}. Nothing stays open
   */
  public static RocksStorageEngine open(
      Path directory,
      RocksOptions options,
      ExportFormat exports,
      Scheduler scheduler,
      Clock clock) {
    RocksDirectory.prepare(directory);
    Instance instance = Instance.open(directory, options);
    boolean opened = false;
    try {
      RocksDirectory.checkFormat(instance);
      RocksStorageEngine engine =
          new RocksStorageEngine(instance, options, exports, scheduler, clock);
      engine.load();
      opened = true;
      return engine;
    } finally {
      if (!opened) {
        instance.close(scheduler);
      }
    }
  }

  private void load() {
    Map<ShardId, Records.StoreRecord> records = new LinkedHashMap<>();
    instance.forEachRecord(
        Records.STORE_PREFIX,
        (key, value) -> records.put(Records.shardOf(key), Records.StoreRecord.of(value)));
    records.forEach((shard, record) -> {
      slots.taken(record.sideSlot());
      stores.put(shard, newStore(shard, record, indexes(shard)));
    });
    List<Integer> dropped = new ArrayList<>();
    instance.forEachRecord(
        Records.DROPPED_PREFIX, (key, value) -> dropped.add(Records.slotOf(key)));
    dropped.forEach(slots::taken);
    dropped.forEach(slots::erase);
  }

  private IndexTable indexes(ShardId shard) {
    List<RocksIndex> indexes = new ArrayList<>();
    instance.forEachRecord(
        Records.indexes(shard),
        (key, value) -> {
          Records.IndexRecord record = Records.IndexRecord.of(key, value);
          slots.taken(record.slot());
          RocksIndex index = new RocksIndex(instance, record.id(), record.kind(), record.slot());
          byte[] counters = instance.get(Family.RECORDS, Records.counters(record.slot()));
          if (counters != null) {
            index.counters.load(counters);
          }
          indexes.add(index);
        });
    return IndexTable.of(indexes);
  }

  private RocksStore newStore(ShardId shard, Records.StoreRecord record, IndexTable table) {
    return new RocksStore(shard, instance, slots, admission, work, exports, record, table);
  }

  @Override
  public Store store(ShardId shard) {
    RocksStore store = stores.get(shard);
    return store != null ? store : stores.computeIfAbsent(shard, this::emptyStore);
  }

  private RocksStore emptyStore(ShardId shard) {
    instance.gate.requireOpen();
    return newStore(
        shard, new Records.StoreRecord(LogPosition.START, slots.next()), IndexTable.EMPTY);
  }

  @Override
  public List<ShardId> shards() {
    return stores.keySet().stream().sorted().toList();
  }

  /** Block cache and write buffers; the data itself is on disk. */
  @Override
  public long memoryBytes() {
    instance.gate.enter();
    try {
      return instance.memoryBytes();
    } finally {
      instance.gate.leave();
    }
  }

  @Override
  public long memoryBudgetBytes() {
    return options.budgetBytes();
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(RocksMetrics.of(this, instance));
    metrics.addAll(work.metrics());
    return metrics;
  }

  long garbageVersions() {
    return stores.values().stream().mapToLong(RocksStore::garbageVersions).sum();
  }

  @Override
  public void close() {
    instance.close(scheduler);
    stores.clear();
  }
}
