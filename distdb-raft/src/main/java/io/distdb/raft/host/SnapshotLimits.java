// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

/**
 * How snapshots travel.
 *
 * @param pieceBytes content of a message at most
 * @param windowBytes sent to one follower and not answered; one piece always goes
 * @param bytesPerSecond of one transfer
 * @param retryNanos without an answer after which what was not answered is sent again
 * @param retries in a row, none of them answered, after which the follower is given up
 * @param bytesMax what a follower collects before it refuses a snapshot, if it has only memory for
 *     it
 * @param sharePercent of its time that a leader's thread reads the state while others propose, from
 *     1 to 100; 100: it never rests
 * @param heldBackBytesMax entries that stay for a follower that has its snapshot and not yet what
 *     came behind it; at a quarter of it, the thread does not rest any more
 */
public record SnapshotLimits(
    int pieceBytes,
    long windowBytes,
    long bytesPerSecond,
    long retryNanos,
    int retries,
    long bytesMax,
    int sharePercent,
    long heldBackBytesMax) {
  public static final SnapshotLimits DEFAULT =
      new SnapshotLimits(256 << 10, 4L << 20, 64L << 20, 1_000_000_000, 20, 1L << 30);

  /** Never rests. */
  public SnapshotLimits(
      int pieceBytes,
      long windowBytes,
      long bytesPerSecond,
      long retryNanos,
      int retries,
      long bytesMax) {
    this(pieceBytes, windowBytes, bytesPerSecond, retryNanos, retries, bytesMax, 100, 256L << 20);
  }

  /** Rests, and keeps so much for who is to catch up. */
  public SnapshotLimits givingWay(int percent, long heldBackBytes) {
    return new SnapshotLimits(
        pieceBytes,
        windowBytes,
        bytesPerSecond,
        retryNanos,
        retries,
        bytesMax,
        percent,
        heldBackBytes);
  }

  public SnapshotLimits {
    if (pieceBytes < 1
        || windowBytes < 1
        || bytesPerSecond < 1
        || retryNanos < 1
        || retries < 1
        || bytesMax < 1
        || heldBackBytesMax < 1) {
      throw new IllegalArgumentException("the limits of snapshots are at least 1");
    }
    if (sharePercent < 1 || sharePercent > 100) {
      throw new IllegalArgumentException("a share of " + sharePercent + " percent");
    }
  }
}
