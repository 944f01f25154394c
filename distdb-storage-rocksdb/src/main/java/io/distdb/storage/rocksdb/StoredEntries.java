// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

/** The entries of a family in key order. Used by one thread. */
interface StoredEntries extends AutoCloseable {
  /** Moves to the first key at or above {@code key}; false when there is none. */
  boolean seek(byte[] key);

  boolean next();

  byte[] key();

  byte[] value();

  @Override
  void close();
}
