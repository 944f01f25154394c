// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may be purged: what was covered, but for what somebody holds. Guarded by the journal's lock.
 */
final class HeldEntries {
  private final Map<ShardId, LogPosition> covered = new TreeMap<>();
  private final List<Hold> holds = new ArrayList<>();

  /** The entries of a group above an index. */
  static final class Hold {
    private final ShardId group;
    private long index;

    private Hold(ShardId group, long index) {
      this.group = group;
      this.index = index;
    }

    void advance(long through) {
      index = Math.max(index, through);
    }
  }

  Hold hold(ShardId group, long index) {
    Hold hold = new Hold(group, index);
    holds.add(hold);
    return hold;
  }

  /** Harmless when it is let go already. */
  void letGo(Hold hold) {
    holds.remove(hold);
  }

  /** Adds to what is covered, and says through which entry of each group a purge may go. */
  Map<ShardId, LogPosition> toPurge(Map<ShardId, LogPosition> newlyCovered) {
    newlyCovered.forEach((group, position) ->
        covered.merge(group, position, (old, now) -> old.index() > now.index() ? old : now));
    Map<ShardId, LogPosition> allowed = new TreeMap<>(covered);
    for (Hold hold : holds) {
      allowed.computeIfPresent(
          hold.group,
          (group, position) ->
              position.index() <= hold.index
                  ? position
                  : new LogPosition(position.term(), hold.index));
    }
    return allowed;
  }
}
