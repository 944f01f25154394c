// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

/** The blocks of one snapshot in order. Used by one thread. */
interface BlockSource extends AutoCloseable {
  SnapshotHeader header();

  /**
   * The next block. The one handed out before is taken back. The last is the footer, after which
   * the snapshot has ended.
   *
   * @throws io.distdb.api.error.DistDbException {@code DATA_CORRUPTED}, and what the source throws
   */
  Block next();

  /** Bytes of the snapshot so far. */
  long bytes();

  @Override
  void close();
}
