// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.IoPace;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * The default engine: B+trees and hash indexes in memory, durable through the log and snapshots.
 *
 * <p>On its disk: a directory {@code shard-<id>} for each shard that was ever checkpointed, with
 * its snapshots (docs/formats/README.md). It does not lock the disk; whoever opens the database
 * does.
 */
public final class MemoryStorageEngine implements StorageEngine {
  private final Optional<Disk> disk;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Compression compression;
  private final MemoryAccount memory;
  private final CheckpointCounters checkpointCounters;
  private final ConcurrentHashMap<ShardId, MemoryStore> stores = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private MemoryStorageEngine(
      Optional<Disk> disk, MemoryOptions options, Scheduler scheduler, Clock clock) {
    this.disk = disk;
    this.scheduler = scheduler;
    this.clock = clock;
    this.compression = options.compression();
    this.memory = new MemoryAccount(options.budgetBytes());
    this.checkpointCounters =
        new CheckpointCounters(new IoPace(options.checkpointBytesPerSecond(), clock, scheduler));
  }

  /**
   * Opens an engine with what the last checkpoints hold; the log above {@link Store#applied} is the
   * caller's to apply again.
   *
   * @param disk empty for an engine that only remembers: its checkpoints do nothing. Its root
   *     directory exists and is durable in its parent: the engine cannot force what is above it
   * @param progress hears bytes done and bytes in all, of each snapshot
   * @throws DistDbException {@code DATA_CORRUPTED}, naming file and offset: a snapshot is damaged;
   *     it is never passed over in favour of an older one. {@code INCOMPATIBLE_FORMAT}: a snapshot
   *     of a newer DistDB. In both cases nothing was changed
   */
  public static MemoryStorageEngine open(
      Optional<Disk> disk,
      MemoryOptions options,
      Scheduler scheduler,
      Clock clock,
      Journal.Progress progress) {
    MemoryStorageEngine engine = new MemoryStorageEngine(disk, options, scheduler, clock);
    if (disk.isPresent()) {
      engine.load(disk.get(), progress);
    }
    return engine;
  }

  private void load(Disk source, Journal.Progress progress) {
    for (String name : source.list("")) {
      OptionalInt id = Checkpoints.shardOf(name);
      if (id.isPresent()) {
        ShardId shard = new ShardId(id.getAsInt());
        Checkpoints checkpoints =
            Checkpoints.open(source, shard, compression, clock, checkpointCounters);
        Optional<StoreContent> content = checkpoints.load(scheduler, progress);
        if (content.isPresent()) {
          MemoryStore store = new MemoryStore(shard, memory, scheduler, Optional.of(checkpoints));
          store.replace(content.get());
          stores.put(shard, store);
        }
      }
    }
  }

  @Override
  public Store store(ShardId shard) {
    MemoryStore store = stores.get(shard);
    return store != null ? store : stores.computeIfAbsent(shard, this::newStore);
  }

  /** No I/O: whatever the disk had was loaded when the engine was opened. */
  private MemoryStore newStore(ShardId shard) {
    requireOpen();
    return new MemoryStore(
        shard,
        memory,
        scheduler,
        disk.map(place -> Checkpoints.empty(place, shard, compression, clock, checkpointCounters)));
  }

  @Override
  public List<ShardId> shards() {
    return stores.keySet().stream().sorted().toList();
  }

  @Override
  public long memoryBytes() {
    return memory.usedBytes();
  }

  @Override
  public long memoryBudgetBytes() {
    return memory.budgetBytes();
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(MemoryMetrics.of(this));
    metrics.addAll(checkpointCounters.metrics());
    return metrics;
  }

  long sum(ToLongFunction<MemoryStore> number) {
    return stores.values().stream().mapToLong(number).sum();
  }

  private void requireOpen() {
    if (closed) {
      throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the storage engine is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    shards().forEach(shard -> stores.get(shard).close());
    stores.clear();
  }
}
