// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;

/**
 * Makes the side records of a store that was restored to a timestamp speak of no later one.
 * Versions are left out by their timestamps when they are read; side records have none.
 */
public final class SideRecordsAsOf {
  private SideRecordsAsOf() {}

  /**
   * What is to be changed; empty when nothing is. The bound of the oracle stays: timestamps that
   * were handed out once are not handed out again.
   *
   * @param timestamp the newest whose commits the store holds
   */
  public static WriteBatch changes(Store store, long timestamp) {
    WriteBatch batch = new WriteBatch();
    store.forEachSide(
        SideRecords.OUTCOMES,
        (key, value) -> {
          long recordedAt = SideRecords.recordedAt(value);
          if (recordedAt > timestamp) {
            Outcomes.remove(batch, SideRecords.tokenOfOutcome(key), recordedAt);
          }
        });
    if (SideRecords.number(store.side(SideRecords.SAFE_POINT), 0) > timestamp) {
      batch.putSide(SideRecords.SAFE_POINT, SideRecords.of(timestamp));
    }
    return batch;
  }
}
