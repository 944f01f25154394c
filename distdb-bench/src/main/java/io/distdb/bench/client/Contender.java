// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.nio.file.Path;

/** One side of a comparison. */
interface Contender extends AutoCloseable {
  /** The columns: {@code id} is the primary key, {@code category} has a secondary index. */
  String COLUMNS = "id, category, name, quantity, note";

  /** What an acknowledged write survives, for the table's head. */
  String durability();

  /** Creates the table and its index, and loads rows 0 to {@code rows}, exclusive. */
  void load(long rows) throws Exception;

  /** A session for one thread. */
  Worker newWorker() throws Exception;

  @Override
  void close() throws Exception;

  /** The statements, each a transaction of its own. Used by one thread. */
  interface Worker extends AutoCloseable {
    /** Reads a whole row by key with a prepared statement; a digest of all columns. */
    long selectPrepared(long id) throws Exception;

    /** As {@link #selectPrepared}, with a text that was never seen before. */
    long selectLiteral(long id) throws Exception;

    /** Sets a column that no index has; the number of rows changed. */
    long update(long id, int quantity) throws Exception;

    /** Adds the row of {@link Rows} for {@code id}. */
    void insert(long id) throws Exception;

    @Override
    void close() throws Exception;
  }

  /** The contender called {@code name}. */
  static Contender open(String name, Path directory) throws Exception {
    return switch (name) {
      case "distdb" -> DistDbContender.inMemory();
      case "distdb-sync" -> DistDbContender.synced(directory);
      case "h2" -> JdbcContender.h2();
      case "hsqldb" -> JdbcContender.hsqldb();
      case "sqlite" -> JdbcContender.sqlite();
      case "sqlite-sync" -> JdbcContender.syncedSqlite(directory);
      case "rocksdb-sync" -> new RocksContender(directory);
      case "append-force" -> new AppendForceContender(directory);
      default -> throw new IllegalArgumentException("no contender is called " + name);
    };
  }
}
