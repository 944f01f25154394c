// SPDX-License-Identifier: MIT
package io.distdb.api.disk;

import java.nio.ByteBuffer;

/**
 * An open file. Positions are bytes from its start. Thread-safe for disjoint ranges. A thread's
 * interrupt never closes it. Errors are those of {@link Disk}; after a failed {@link #force} the
 * content of unforced writes is unknown and must not be trusted (fsyncgate).
 */
public interface DiskFile extends AutoCloseable {
  String name();

  long size();

  /**
   * Writes all remaining bytes at {@code position}, growing the file as needed. Not durable yet.
   */
  void write(long position, ByteBuffer source);

  /**
   * Reads until the target is full or the file ends.
   *
   * @return bytes read; fewer than asked for only at the end of the file
   */
  int read(long position, ByteBuffer target);

  /** Cuts the file, or grows it with zeros. */
  void truncate(long size);

  /** Makes everything written so far durable, size included. */
  void force();

  @Override
  void close();
}
