// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.index.Index;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;

/** Side records that a shard cannot do without, for a store that may have lost them. */
public final class SideRepair {
  /** Ids may have been given out that nothing in the store has any more. */
  private static final long IDS_LEFT_OUT = 1 << 20;

  /** Ids from here on are not given out: system tables of databases have them. */
  private static final long GIVEN_IDS_END = 1L << 48;

  private SideRepair() {}

  /** What is to be put into {@code store}; empty when nothing is missing. */
  public static WriteBatch missing(Store store) {
    WriteBatch batch = new WriteBatch();
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
