// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.raft.core.RaftCore;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a group's log may go, and when. A follower that gets a snapshot needs the entries behind
 * it too: they stay while it is on its way, and then until the follower has nearly all of them.
 * Else what was saved meanwhile would take them away, the follower would get another snapshot, and
 * under load never an end of them. They do not stay for one that makes no progress, nor above a
 * limit in bytes. Used by who has the host's turn.
 */
final class Compaction {
  /** Who lacks no more has caught up: so much is always under way. */
  private static final long CAUGHT_UP_ENTRIES = 1_024;

  private final SnapshotLimits limits;
  private final int stillTicksMax;
  private final Map<NodeId, Follower> followers = new TreeMap<>();
  private long index;

  private static final class Follower {
    private final long appliedBytes;
    private long matched = -1;
    private int stillTicks;

    private Follower(long appliedBytes) {
      this.appliedBytes = appliedBytes;
    }
  }

  /**
   * @param stillTicksMax how long a follower may not get on
   */
  Compaction(SnapshotLimits limits, int stillTicksMax) {
    this.limits = limits;
    this.stillTicksMax = stillTicksMax;
  }

  /** Everything through {@code through} is saved. */
  void saved(long through) {
    index = Math.max(index, through);
  }

  /**
   * A follower has a snapshot, and the entries behind it are to come.
   *
   * @param appliedBytes of all entries that were applied when the snapshot was begun
   */
  void follows(NodeId node, long appliedBytes) {
    followers.put(node, new Follower(appliedBytes));
  }

  /** This node no longer leads. */
  void forget() {
    followers.clear();
  }

  /** Whether something may stay because a follower needs it. */
  boolean waits() {
    return !followers.isEmpty();
  }

  /** Time goes on, for a leader. */
  void tick(RaftCore core, long appliedBytes) {
    followers
        .entrySet()
        .removeIf(each -> {
          Follower follower = each.getValue();
          long matched = core.matched(each.getKey());
          follower.stillTicks = matched > follower.matched ? 0 : follower.stillTicks + 1;
          follower.matched = matched;
          return core.last().index() - matched <= CAUGHT_UP_ENTRIES
              || follower.stillTicks > stillTicksMax
              || appliedBytes - follower.appliedBytes > limits.heldBackBytesMax();
        });
  }

  /** Whether entries may go now, through {@link #index}. */
  boolean isDue(RaftCore core) {
    return index > core.base().index() && index <= core.applied() && followers.isEmpty();
  }

  long index() {
    return index;
  }
}
