// SPDX-License-Identifier: MIT
package io.distdb.sharding.route;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;

/** Finds the shard of a key. Thread-safe; must not wait. */
public interface Router {
  /** The system shard: timestamps, ids, outcomes, the catalog. */
  Shard system();

  /** The shard that holds {@code key} of {@code index}. */
  Shard shardOf(IndexId index, Bytes key);

  /** Everything in one shard: an embedded database, or a node alone. */
  static Router single(Shard shard) {
    return new SingleShardRouter(shard);
  }
}
