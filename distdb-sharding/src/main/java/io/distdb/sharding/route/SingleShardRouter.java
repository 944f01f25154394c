// SPDX-License-Identifier: MIT
package io.distdb.sharding.route;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;

/** One shard has it all. */
record SingleShardRouter(Shard system) implements Router {
  @Override
  public Shard shardOf(IndexId index, Bytes key) {
    return system;
  }
}
