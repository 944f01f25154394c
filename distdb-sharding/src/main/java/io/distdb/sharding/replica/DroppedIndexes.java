// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Indexes that are dropped, for the snapshots from before. Forgotten with the safe point. */
final class DroppedIndexes {
  private record Dropped(Index index, long timestamp) {}

  private final ConcurrentHashMap<IndexId, Dropped> dropped = new ConcurrentHashMap<>();

  /** Remembers what {@code batch} is about to drop. Drops stand at a batch's end. */
  void remember(Store store, WriteBatch batch) {
    List<WriteBatch.Operation> operations = batch.operations();
    if (!operations.isEmpty() && operations.getLast() instanceof WriteBatch.Put) {
      return; // the usual batch, without the type switch
    }
    for (int i = operations.size() - 1; i >= 0; i--) {
      switch (operations.get(i)) {
        case WriteBatch.DropIndex(IndexId id) ->
            store
                .findIndex(id)
                .ifPresent(index -> dropped.put(id, new Dropped(index, batch.timestamp())));
        case WriteBatch.PutSide put -> {}
        case WriteBatch.DeleteSide delete -> {}
        case WriteBatch.Put put -> {
          return;
        }
        case WriteBatch.PutAll all -> {
          return;
        }
        case WriteBatch.Delete delete -> {
          return;
        }
        case WriteBatch.CreateIndex create -> {
          return;
        }
      }
    }
  }

  /** The index as a snapshot from before its drop sees it, or null. */
  Index find(IndexId id, long snapshot) {
    if (dropped.isEmpty()) {
      return null;
    }
    Dropped found = dropped.get(id);
    return found != null && snapshot < found.timestamp ? found.index : null;
  }

  void forget(long safePoint) {
    dropped.values().removeIf(index -> index.timestamp <= safePoint);
  }

  void clear() {
    dropped.clear();
  }
}
