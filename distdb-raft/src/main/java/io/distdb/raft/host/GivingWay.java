// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.time.Clock;
import java.util.function.LongSupplier;

/**
 * Lets who reads a group's state for a follower give way to those who propose: after each piece of
 * work that others were served during, it owes a pause that makes the work its share of the whole.
 * It gives way no longer than what is proposed meanwhile, which is kept for the follower, stays
 * within a limit. Used by the thread that works.
 */
final class GivingWay {
  private static final int PERCENT = 100;

  /** The rest is for what comes until the follower has caught up. */
  private static final int HELD_BACK_PART = 4;

  /** Shorter ones are put together. */
  private static final long PAUSE_NANOS_MIN = 1_000_000;

  private final LongSupplier appliedBytes;
  private final SnapshotLimits limits;
  private final Clock clock;
  private final long appliedAtFirst;
  private long appliedBefore;
  private long begun;
  private long owed;

  /**
   * @param appliedBytes of entries that the group has applied, ever
   */
  GivingWay(LongSupplier appliedBytes, SnapshotLimits limits, Clock clock) {
    this.appliedBytes = appliedBytes;
    this.limits = limits;
    this.clock = clock;
    appliedAtFirst = appliedBytes.getAsLong();
  }

  /** Work begins. */
  void begin() {
    appliedBefore = appliedBytes.getAsLong();
    begun = clock.nanoTime();
  }

  /** Work ends; how long it is to rest now. */
  long end() {
    long applied = appliedBytes.getAsLong();
    if (applied - appliedAtFirst > limits.heldBackBytesMax() / HELD_BACK_PART) {
      return 0;
    }
    if (applied != appliedBefore) {
      owed +=
          (clock.nanoTime() - begun) * (PERCENT - limits.sharePercent()) / limits.sharePercent();
    }
    long pause = owed < PAUSE_NANOS_MIN ? 0 : owed;
    owed -= pause;
    return pause;
  }
}
