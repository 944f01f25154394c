// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.index.Index;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;

/** Side records that a shard cannot do without, for a store that may have lost them. */
public final class SideRepair {
  /** Ids may have been given out that nothing in the store has any more. */
  private static final long IDS_LEFT_OUT = 1 << 20;

  /** Ids from here on are not given out: system tables of databases have them. */
  private static final long GIVEN_IDS_END = 1L << 48;

  private SideRepair() {}

  /**
   * Puts what is missing, at the next log position; does nothing when nothing is.
   *
   * @param bound no timestamp at or above it was ever handed out
   */
  public static void complete(Store store, long bound) {
    WriteBatch sides = missing(store, bound);
    if (!sides.isEmpty()) {
      LogPosition applied = store.applied();
      store.apply(new LogPosition(applied.term(), applied.index() + 1), sides);
    }
  }

  private static WriteBatch missing(Store store, long bound) {
    WriteBatch batch = new WriteBatch();
    if (store.side(SideRecords.BOUND) == null) {
      batch.putSide(SideRecords.BOUND, SideRecords.of(bound));
    }
    if (store.side(SideRecords.NEXT_INDEX_ID) == null) {
      long highest =
          store.indexes().stream()
              .map(Index::id)
              .mapToLong(id -> id.value())
              .filter(id -> id < GIVEN_IDS_END)
              .max()
              .orElse(0);
      if (highest >= ShardReplica.FIRST_INDEX_ID) {
        batch.putSide(SideRecords.NEXT_INDEX_ID, SideRecords.of(highest + IDS_LEFT_OUT));
      }
    }
    return batch;
  }
}
