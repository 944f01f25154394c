// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * RocksDB's own group commit: one put of key and row, {@code setSync(true)}, no secondary index.
 */
final class RocksContender implements Contender {
  private final Options options = new Options().setCreateIfMissing(true);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB database;

  RocksContender(Path directory) throws RocksDBException {
    RocksDB.loadLibrary();
    database = RocksDB.open(options, directory.resolve("rocks").toString());
  }

  @Override
  public String durability() {
    return "write-ahead log forced at every put (setSync)";
  }

  @Override
  public void load(long rows) throws RocksDBException {
    try (WriteOptions unsynced = new WriteOptions()) {
      for (long id = 0; id < rows; id++) {
        database.put(unsynced, key(id), row(id));
      }
    }
  }

  @Override
  public Worker newWorker() {
    return new WriteOnlyWorker() {
      @Override
      public void insert(long id) throws RocksDBException {
        database.put(synced, key(id), row(id));
      }
    };
  }

  @Override
  public void close() {
    database.close();
    synced.close();
    options.close();
  }

  private static byte[] key(long id) {
    return ByteBuffer.allocate(8).putLong(id).array();
  }

  static byte[] row(long id) {
    byte[] name = Rows.name(id).getBytes(StandardCharsets.UTF_8);
    byte[] note = Rows.note(id).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + name.length + note.length)
        .putInt(Rows.category(id))
        .putInt(Rows.quantity(id))
        .put(name)
        .put(note)
        .array();
  }
}
