// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import java.nio.charset.StandardCharsets;

/** A table of the same rows behind SQL, on a file. Used by one thread, but for new writers. */
interface SqlSide extends AutoCloseable {
  String CREATE = "CREATE TABLE item (id BIGINT PRIMARY KEY, row TEXT NOT NULL)";
  String SELECT = "SELECT row FROM item WHERE id = ";

  String name();

  void create() throws Exception;

  /** Rows 0 to {@code rows}, exclusive, a thousand in a transaction. */
  void loadRows(long rows) throws Exception;

  /** Brings what is loaded to where it stays. */
  void settle() throws Exception;

  /** Reads a row with a prepared statement; its length. */
  int select(long id) throws Exception;

  @Override
  void close() throws Exception;

  default void load(long rows) throws Exception {
    create();
    loadRows(rows);
    settle();
  }

  static String row(long id) {
    return new String(KeyValueSide.row(id), StandardCharsets.ISO_8859_1);
  }
}
