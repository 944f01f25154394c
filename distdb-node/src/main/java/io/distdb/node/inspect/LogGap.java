// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of a shard's log that are not there, and that neither a content holds.
 *
 * @param first index of the first
 * @param last index of the last
 * @param after commit timestamp of the last commit before; {@link io.distdb.api.Timestamp#NONE}
 *     when that is not known
 * @param before commit timestamp of the first commit behind; so the lost commits lie between
 */
public record LogGap(ShardId shard, long first, long last, long after, long before) {
  public long entries() {
    return last - first + 1;
  }

  /**
   * The gaps in a shard's log above a position.
   *
   * @param index what is at or below it is not needed
   */
  public static List<LogGap> above(ShardId shard, List<LogRun> runs, long index) {
    List<LogGap> gaps = new ArrayList<>();
    long covered = index;
    long after = Timestamp.NONE;
    for (LogRun run : runs) {
      if (!run.shard().equals(shard)) {
        continue;
      }
      if (run.first() > covered + 1) {
        gaps.add(new LogGap(shard, covered + 1, run.first() - 1, after, run.from()));
      }
      covered = Math.max(covered, run.last());
      after = run.to() == Timestamp.NONE ? after : run.to();
    }
    return gaps;
  }
}
