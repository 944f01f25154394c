// SPDX-License-Identifier: MIT
package io.distdb.bench.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** RocksDB's puts, forced each ({@code setSync(true)}), with its own group commit. */
final class RocksSide implements Side {
  private final Options options = new Options().setCreateIfMissing(true);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB database;
  private final AtomicLong next = new AtomicLong();

  RocksSide(Path directory) throws RocksDBException {
    RocksDB.loadLibrary();
    database = RocksDB.open(options, directory.resolve("rocks").toString());
  }

  @Override
  public String name() {
    return "rocksdb, synced put";
  }

  @Override
  public void write(byte[] record) throws RocksDBException {
    byte[] key = ByteBuffer.allocate(8).putLong(next.incrementAndGet()).array();
    database.put(synced, key, record);
  }

  @Override
  public void close() {
    database.close();
    synced.close();
    options.close();
  }
}
