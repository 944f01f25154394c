// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** rocksdbjni as its documentation shows it: bloom filter, one cache, LZ4, byte arrays. */
final class BareSide implements KeyValueSide, Writers.Side {
  static {
    RocksDB.loadLibrary();
  }

  private final LRUCache cache;
  private final BloomFilter bloom = new BloomFilter(10);
  private final Options options;
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final AtomicLong nextCommit = new AtomicLong(1L << 40);
  private final RocksDB database;

  BareSide(Path directory, long cacheBytes) throws RocksDBException {
    cache = new LRUCache(cacheBytes);
    options =
        new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
    database = RocksDB.open(options, directory.toString());
  }

  @Override
  public String name() {
    return "rocksdbjni";
  }

  @Override
  public void load(long rows) throws RocksDBException {
    for (long id = 0; id < rows; id += LOAD_BATCH) {
      write(unlogged, id, (int) Math.min(LOAD_BATCH, rows - id));
    }
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      database.flush(flush);
    }
  }

  private void write(WriteOptions how, long from, int count) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (long id = from; id < from + count; id++) {
        batch.put(KeyValueSide.key(id), KeyValueSide.row(id));
      }
      database.write(how, batch);
    }
  }

  @Override
  public int get(long id) throws RocksDBException {
    return database.get(KeyValueSide.key(id)).length;
  }

  @Override
  public long scan(long from, int count) {
    long sum = 0;
    try (RocksIterator iterator = database.newIterator()) {
      iterator.seek(KeyValueSide.key(from));
      for (int i = 0; i < count && iterator.isValid(); i++) {
        sum += iterator.key().length + iterator.value().length;
        iterator.next();
      }
    }
    return sum;
  }

  @Override
  public void writeForced(long from, int count) throws RocksDBException {
    write(synced, from, count);
  }

  /** Keys above those of the load. */
  @Override
  public Writers.Row newWriter() {
    return () -> {
      long id = nextCommit.getAndIncrement();
      database.put(synced, KeyValueSide.key(id), KeyValueSide.row(id));
    };
  }

  @Override
  public void close() {
    database.close();
    synced.close();
    unlogged.close();
    options.close();
    bloom.close();
    cache.close();
  }
}
