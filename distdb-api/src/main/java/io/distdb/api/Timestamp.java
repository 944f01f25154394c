// SPDX-License-Identifier: MIT
package io.distdb.api;

import java.time.Instant;

/**
 * Commit timestamps and snapshots: microseconds since 1970 on the oracle's clock, made unique by
 * counting on. They travel as {@code long}; order is signed order. A snapshot at T sees exactly
 * what was committed at or below T.
 */
public final class Timestamp {
  /** Below every commit: a snapshot at this timestamp sees nothing. */
  public static final long NONE = 0;

  /** Above every commit: a read at this timestamp sees the newest version. */
  public static final long LATEST = Long.MAX_VALUE;

  private Timestamp() {}

  public static Instant toInstant(long timestamp) {
    return Instant.ofEpochSecond(
        Math.floorDiv(timestamp, 1_000_000), Math.floorMod(timestamp, 1_000_000) * 1_000L);
  }

  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000), instant.getNano() / 1_000);
  }
}
