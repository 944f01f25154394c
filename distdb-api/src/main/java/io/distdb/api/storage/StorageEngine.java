// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

import io.distdb.api.ShardId;
import io.distdb.api.metrics.Metered;
import java.util.List;

/**
 * A node's storage: one {@link Store} per shard, opened together from one directory (or none, for
 * an engine that only remembers).
 *
 * <p>Thread-safe. {@link #close} may be called twice; stores and indexes must not be used after it.
 */
public interface StorageEngine extends Metered, AutoCloseable {
  /** The store of {@code shard}, empty when it is new. Always the same object. */
  Store store(ShardId shard);

  /** Shards that have a store, by id. */
  List<ShardId> shards();

  /** Memory that the engine's data takes, in bytes, as accounted. */
  long memoryBytes();

  /** What {@link #memoryBytes} may reach, in bytes. */
  long memoryBudgetBytes();

  /** Frees everything. Takes no checkpoint: the log has what is missing. */
  @Override
  void close();
}
