// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** One side: rows by an eight-byte key, about 75 bytes each. Used by one thread. */
interface KeyValueSide extends AutoCloseable {
  /** Rows of a batch while loading. */
  int LOAD_BATCH = 1_000;

  String name();

  /** Writes rows 0 to {@code rows}, exclusive, in order and unforced; then flushes. */
  void load(long rows) throws Exception;

  /** Reads a row; its length. */
  int get(long id) throws Exception;

  /** Reads {@code count} rows from {@code from} on; the sum of the lengths of keys and rows. */
  long scan(long from, int count) throws Exception;

  /** Writes rows {@code from} to {@code from + count}, durable when it returns. */
  void writeForced(long from, int count) throws Exception;

  @Override
  void close() throws Exception;

  static byte[] key(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  static byte[] row(long id) {
    byte[] row = new byte[75];
    SplittableRandom random = new SplittableRandom(id);
    for (int i = 0; i < row.length; i++) {
      // Text of a few letters, so that it compresses as rows do.
      row[i] = (byte) ('a' + (i < 37 ? i % 26 : random.nextInt(26)));
    }
    return row;
  }
}
