// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.ShardId;

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
}
