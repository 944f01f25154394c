// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.txn.TimestampSource;

/**
 * Who is open, and which snapshots they read at: what the safe point must stay below.
 *
 * <p>Design note. Registration must cost a reader nanoseconds, and the safe point must never pass a
 * snapshot in use. As with hazard pointers (Michael, 2004): a reader publishes its snapshot first
 * and checks the horizon second; whoever advances publishes the new horizon first and reads the
 * snapshots second. Either the reader sees the horizon above it, and takes a newer snapshot, or the
 * snapshot is seen and holds the safe point back.
 */
final class OpenTransactions {
  private final SlotSet<SnapshotTransaction> slots = new SlotSet<>();

  /** No snapshot below it is begun any more. Never above the oracle's last timestamp. */
  private volatile long horizon;

  /** The highest safe point that was ever allowed. Guarded by this. */
  private long allowed;

  int add(SnapshotTransaction transaction) {
    return slots.add(transaction);
  }

  void remove(int slot) {
    slots.remove(slot);
  }

  void forEach(SlotSet.Visitor<SnapshotTransaction> visitor) {
    slots.forEach(visitor);
  }

  /** Takes a new snapshot for {@code transaction} and pins it. */
  long pinNewest(SnapshotTransaction transaction, TimestampSource timestamps) {
    while (true) {
      long snapshot = timestamps.current();
      if (pin(transaction, snapshot)) {
        return snapshot;
      }
    }
  }

  private boolean pin(SnapshotTransaction transaction, long snapshot) {
    transaction.pinned = snapshot + 1;
    return snapshot >= horizon;
  }

  /**
   * Pins a snapshot that may be below the horizon: somebody else's, or one that retention keeps.
   * Not while the safe point is sought, which could pass by both this transaction, before it is
   * pinned, and the one that had the snapshot, after it has ended.
   *
   * @return false: it is too old
   */
  synchronized boolean pinPast(SnapshotTransaction transaction, long snapshot) {
    transaction.pinned = snapshot + 1;
    return snapshot >= allowed;
  }

  /**
   * Raises the horizon to {@code candidate}.
   *
   * @return the highest safe point: {@code candidate}, or the oldest snapshot in use
   */
  synchronized long raiseHorizon(long candidate) {
    horizon = Math.max(horizon, candidate);
    OldestPin oldest = new OldestPin(candidate);
    slots.forEach(oldest);
    allowed = Math.max(allowed, oldest.found);
    return oldest.found;
  }

  /** The oldest snapshot in use, or {@link Long#MAX_VALUE}. */
  long oldestPin() {
    OldestPin oldest = new OldestPin(Long.MAX_VALUE);
    slots.forEach(oldest);
    return oldest.found;
  }

  private static final class OldestPin implements SlotSet.Visitor<SnapshotTransaction> {
    long found;

    OldestPin(long candidate) {
      found = candidate;
    }

    @Override
    public boolean visit(SnapshotTransaction transaction) {
      long pinned = transaction.pinned;
      if (pinned != 0) {
        found = Math.min(found, pinned - 1);
      }
      return true;
    }
  }
}
