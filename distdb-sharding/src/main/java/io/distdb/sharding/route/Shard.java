// SPDX-License-Identifier: MIT
package io.distdb.sharding.route;

import io.distdb.api.ShardId;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.sharding.replica.ShardReplica;

/** A shard that this node can reach: its replica here, and the group that orders its log. */
public record Shard(ShardId id, ShardReplica replica, ConsensusGroup group) {}
