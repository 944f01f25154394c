// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/**
 * What the operators of one statement hold, and how much they may. Sizes are estimates: of arrays
 * by their length, of texts and objects by what they take in a row. Used by one thread.
 */
public final class QueryMemory {
  private final long limitBytes;
  private long usedBytes;
  private long peakBytes;

  /**
   * @param limitBytes at least 1
   */
  public QueryMemory(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** A part for one operator, empty. */
  Holding holding(String holder) {
    return new Holding(holder);
  }

  /** What all parts hold now, in bytes. */
  long usedBytes() {
    return usedBytes;
  }

  /** The most that all parts held at one time, in bytes. */
  public long peakBytes() {
    return peakBytes;
  }

  /** What one operator holds. */
  final class Holding {
    private final String holder;
    private long bytes;

    private Holding(String holder) {
      this.holder = holder;
    }

    /**
     * Says how much it holds now.
     *
     * @throws DistDbException {@code OUT_OF_MEMORY}: the statement holds more than it may
     */
    void set(long newBytes) {
      usedBytes += newBytes - bytes;
      bytes = newBytes;
      peakBytes = Math.max(peakBytes, usedBytes);
      if (usedBytes > limitBytes) {
        throw new DistDbException(ErrorCode.OUT_OF_MEMORY, "out of memory")
            .withDetail(
                String.format(
                    "The %s holds %d bytes, the whole query %d; query_memory is %d bytes.",
                    holder, bytes, usedBytes, limitBytes))
            .withHint("Raise query_memory, or select fewer rows or columns.");
      }
    }

    /** Holds nothing more. May be called twice. */
    void release() {
      usedBytes -= bytes;
      bytes = 0;
    }
  }
}
