// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

/**
 * What begins every value: a timestamp, and in its sign bit whether the version is a deletion.
 * Timestamps are not negative, so the bit is free.
 */
final class Header {
  static final int BYTES = Long.BYTES;

  /**
   * In the history, as the timestamp of the next version: there was none when this was written.
   * Says that a deletion is, or was, the newest version, so that collection finds it.
   */
  static final long NOT_SUPERSEDED = Long.MAX_VALUE;

  private Header() {}

  static long of(long timestamp, boolean deletion) {
    return deletion ? timestamp | Long.MIN_VALUE : timestamp;
  }

  static long timestamp(long header) {
    return header & Long.MAX_VALUE;
  }

  static boolean isDeletion(long header) {
    return header < 0;
  }
}
