// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.storage.Compression;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.HistogramType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RateLimiter;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.WriteBufferManager;

/**
 * How an instance is set up: every native object that it stands on, owned by its {@link Natives}.
 *
 * <p>Memory: one cache for blocks, their indexes and filters, and for the write buffers, which are
 * charged to it; so the cache's capacity bounds them all. Families are flushed together ({@code
 * atomic_flush}), because without RocksDB's own log the files must hold one state of all of them.
 */
final class InstanceOptions {
  private static final double BLOOM_BITS_PER_KEY = 10;
  private static final long BLOCK_BYTES = 8 << 10;
  private static final int LOG_FILES = 3;
  private static final long LOG_FILE_BYTES = 1 << 20;

  final DBOptions database;
  final List<ColumnFamilyDescriptor> families = new ArrayList<>();
  final Cache cache;
  final Statistics statistics;
  final RateLimiter limiter;

  InstanceOptions(Natives natives, RocksOptions options) {
    // Lock-free; a get costs a fifth less than with an LRUCache. Entries of any size.
    cache = natives.own(new HyperClockCache(options.budgetBytes(), 0, -1, false));
    // Counters only: a histogram would read the clock at every call.
    statistics = natives.own(new Statistics(EnumSet.allOf(HistogramType.class)));
    statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
    WriteBufferManager buffers =
        natives.own(new WriteBufferManager(options.writeBufferBytes(), cache));
    limiter = natives.own(new RateLimiter(options.limits().compaction()));
    database =
        natives
            .own(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setAtomicFlush(true)
            .setWriteBufferManager(buffers)
            .setRateLimiter(limiter)
            .setStatistics(statistics)
            .setMaxBackgroundJobs(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(LOG_FILES)
            .setMaxLogFileSize(LOG_FILE_BYTES);
    BloomFilter bloom = natives.own(new BloomFilter(BLOOM_BITS_PER_KEY));
    for (Family family : Family.values()) {
      families.add(
          new ColumnFamilyDescriptor(
              family.nameBytes(), family(natives, family, options, table(bloom))));
    }
  }

  private static ColumnFamilyOptions family(
      Natives natives, Family family, RocksOptions options, BlockBasedTableConfig table) {
    ColumnFamilyOptions made =
        natives
            .own(new ColumnFamilyOptions())
            .setTableFormatConfig(table)
            .setWriteBufferSize(Math.min(64L << 20, options.writeBufferBytes()))
            .setCompressionType(upper(options.compression()))
            .setBottommostCompressionType(lowest(options.compression()))
            .setLevelCompactionDynamicLevelBytes(true);
    if (family == Family.HASHED) {
      made.useFixedLengthPrefixExtractor(KeyLayout.SLOT_BYTES + KeyLayout.HASH_BYTES);
    }
    return made;
  }

  private static CompressionType upper(Compression compression) {
    return compression == Compression.NONE
        ? CompressionType.NO_COMPRESSION
        : CompressionType.LZ4_COMPRESSION;
  }

  private static CompressionType lowest(Compression compression) {
    return switch (compression) {
      case NONE -> CompressionType.NO_COMPRESSION;
      case LZ4 -> CompressionType.LZ4_COMPRESSION;
      case ZSTD -> CompressionType.ZSTD_COMPRESSION;
    };
  }

  private BlockBasedTableConfig table(BloomFilter bloom) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setFilterPolicy(bloom)
        .setWholeKeyFiltering(true)
        .setBlockSize(BLOCK_BYTES)
        .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }
}
