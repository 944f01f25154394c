// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.ShardId;

/**
 * Entries of a shard's log that are there, without a gap.
 *
 * @param first index of the first
 * @param last index of the last
 * @param commits how many of them are commits; the others are the shard's housekeeping
 * @param from commit timestamp of the first commit; {@link io.distdb.api.Timestamp#NONE} without
 * @param to commit timestamp of the last commit
 */
public record LogRun(ShardId shard, long first, long last, long commits, long from, long to) {}
