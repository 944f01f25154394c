// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.journal.Durability;
import java.util.Objects;

/**
 * How a journal keeps its records.
 *
 * @param durability when a record counts as written
 * @param segmentBytes size of a full segment file; a record that is larger gets a larger one
 * @param intervalNanos longest time between two forces under {@link Durability#INTERVAL}
 * @param idleMarkNanos how long nothing must have been appended before a closing mark is written,
 *     which lets recovery tell damage from a torn tail; {@link Long#MAX_VALUE} for never
 * @param reserveBytes size of the file that is given up when the disk is full, so that the journal
 *     can still be opened and purged; 0 for none
 */
public record JournalOptions(
    Durability durability,
    long segmentBytes,
    long intervalNanos,
    long idleMarkNanos,
    long reserveBytes) {
  /** Smallest segment that is accepted: tests use it. */
  public static final long SEGMENT_BYTES_MIN = 512;

  public static final JournalOptions DEFAULT =
      new JournalOptions(Durability.SYNC, 64 << 20, 100_000_000L, 1_000_000_000L, 1 << 20);

  public JournalOptions {
    Objects.requireNonNull(durability, "durability");
    if (segmentBytes < SEGMENT_BYTES_MIN || segmentBytes > 1 << 30) {
      throw new IllegalArgumentException(
          "segmentBytes is 512 to 1073741824, this is " + segmentBytes);
    }
    if (intervalNanos <= 0 || idleMarkNanos <= 0) {
      throw new IllegalArgumentException("times are positive");
    }
    if (reserveBytes < 0) {
      throw new IllegalArgumentException("reserveBytes is not negative");
    }
  }

  public JournalOptions withDurability(Durability newDurability) {
    return new JournalOptions(
        newDurability, segmentBytes, intervalNanos, idleMarkNanos, reserveBytes);
  }

  public JournalOptions withSegmentBytes(long newSegmentBytes) {
    return new JournalOptions(
        durability, newSegmentBytes, intervalNanos, idleMarkNanos, reserveBytes);
  }

  public JournalOptions withIntervalNanos(long newIntervalNanos) {
    return new JournalOptions(
        durability, segmentBytes, newIntervalNanos, idleMarkNanos, reserveBytes);
  }

  public JournalOptions withIdleMarkNanos(long newIdleMarkNanos) {
    return new JournalOptions(
        durability, segmentBytes, intervalNanos, newIdleMarkNanos, reserveBytes);
  }

  public JournalOptions withReserveBytes(long newReserveBytes) {
    return new JournalOptions(
        durability, segmentBytes, intervalNanos, idleMarkNanos, newReserveBytes);
  }

  /**
   * How much of a segment is to be allocated when {@code neededBytes} are needed and {@code
   * usedBytes} are used: steps double, 256 KiB to 4 MiB.
   */
  long allocation(long usedBytes, long neededBytes) {
    long step = Math.clamp(usedBytes, 256 << 10, 4 << 20);
    return Math.max(neededBytes, Math.min(segmentBytes, usedBytes + step));
  }
}
