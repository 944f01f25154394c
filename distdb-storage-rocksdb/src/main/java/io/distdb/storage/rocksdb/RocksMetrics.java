// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.rocksdb.TickerType;

/** RocksDB's own counters since the engine was opened, and its sizes now. */
final class RocksMetrics {
  private final Instance instance;
  private final List<Metric> metrics = new ArrayList<>();

  private RocksMetrics(Instance instance) {
    this.instance = instance;
  }

  static List<Metric> of(RocksStorageEngine engine, Instance instance) {
    RocksMetrics all = new RocksMetrics(instance);
    all.memory(engine);
    all.reads();
    all.writes();
    all.files();
    RocksLevels.addTo(all.metrics, instance);
    return all.metrics;
  }

  private void memory(RocksStorageEngine engine) {
    gauge(
        "storage.memory_used",
        "bytes",
        "Block cache and write buffers.",
        inside(instance::memoryBytes));
    gauge(
        "storage.memory_budget",
        "bytes",
        "What block cache and write buffers may take.",
        engine::memoryBudgetBytes);
    gauge(
        "storage.garbage_versions",
        "versions",
        "Old versions that wait to be collected, about.",
        engine::garbageVersions);
    property(
        "rocksdb.write_buffers",
        "bytes",
        "What was written and is in no file yet.",
        "cur-size-all-mem-tables");
  }

  private void reads() {
    ticker(
        "rocksdb.cache_hits",
        "blocks",
        "Blocks found in the block cache.",
        TickerType.BLOCK_CACHE_HIT);
    ticker(
        "rocksdb.cache_misses", "blocks", "Blocks read from files.", TickerType.BLOCK_CACHE_MISS);
    ticker(
        "rocksdb.bloom_useful",
        "reads",
        "Reads of a file that its bloom filter saved.",
        TickerType.BLOOM_FILTER_USEFUL);
    ticker(
        "rocksdb.write_buffer_hits",
        "reads",
        "Reads answered by a write buffer.",
        TickerType.MEMTABLE_HIT);
    ticker(
        "rocksdb.write_buffer_misses",
        "reads",
        "Reads that no write buffer answered.",
        TickerType.MEMTABLE_MISS);
  }

  private void writes() {
    gauge(
        "rocksdb.io_limit",
        "bytes",
        "What flushes and compactions may write in a second (compaction_io_limit).",
        inside(() -> instance.options().limiter.getBytesPerSecond()));
    ticker(
        "rocksdb.flushed",
        "bytes",
        "Written from write buffers to files.",
        TickerType.FLUSH_WRITE_BYTES);
    ticker(
        "rocksdb.compaction_read", "bytes", "Read by compactions.", TickerType.COMPACT_READ_BYTES);
    ticker(
        "rocksdb.compaction_written",
        "bytes",
        "Written by compactions.",
        TickerType.COMPACT_WRITE_BYTES);
    metrics.add(
        Metric.seconds(
            "rocksdb.stalled",
            "How long writers were held up because compaction lagged behind.",
            inside(() -> 1_000 * tickerNow(TickerType.STALL_MICROS))));
    property(
        "rocksdb.compaction_pending",
        "bytes",
        "What compactions have to read still, about.",
        "estimate-pending-compaction-bytes");
    property(
        "rocksdb.compactions_running",
        "compactions",
        "Compactions under way.",
        "num-running-compactions");
    property("rocksdb.flushes_running", "flushes", "Flushes under way.", "num-running-flushes");
  }

  private void files() {
    property(
        "rocksdb.files",
        "bytes",
        "All table files, those still read included.",
        "total-sst-files-size");
    property(
        "rocksdb.live_files", "bytes", "Table files of the present state.", "live-sst-files-size");
  }

  private void ticker(String name, String unit, String description, TickerType ticker) {
    metrics.add(Metric.counter(name, unit, description, inside(() -> tickerNow(ticker))));
  }

  private long tickerNow(TickerType ticker) {
    return instance.options().statistics.getTickerCount(ticker);
  }

  private void property(String name, String unit, String description, String property) {
    gauge(name, unit, description, inside(() -> instance.property("rocksdb." + property)));
  }

  private void gauge(String name, String unit, String description, LongSupplier value) {
    metrics.add(Metric.gauge(name, unit, description, value));
  }

  /** Native objects must not be asked once they are closed. */
  private LongSupplier inside(LongSupplier value) {
    return inside(instance, value);
  }

  static LongSupplier inside(Instance instance, LongSupplier value) {
    return () -> {
      if (!instance.gate.tryEnter()) {
        return 0;
      }
      try {
        return value.getAsLong();
      } finally {
        instance.gate.leave();
      }
    };
  }
}
