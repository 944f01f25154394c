// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.storage.WriteBatch;
import io.distdb.api.storage.WriteBatch.Operation;
import io.distdb.storage.memory.index.VersionRun;
import io.distdb.storage.memory.index.VersionedIndex;
import java.util.List;

/**
 * Puts the versions of a batch, which was looked over, into their indexes. Called under the store's
 * lock.
 *
 * <p>An index keeps the first version that it gets of a key and timestamp, and the last operation
 * of a key is to win. So single operations go from the batch's end when they repeat a key, and runs
 * go behind them all: what repeats a key of a run came later.
 */
final class BatchVersions {
  private BatchVersions() {}

  /** Returns by how many bytes the indexes grew. */
  static long put(WriteBatch batch, BatchCheck check) {
    List<Operation> operations = batch.operations();
    long timestamp = batch.timestamp();
    int count = operations.size();
    VersionedIndex last = null;
    long bytesBefore = 0;
    long growth = 0;
    for (int n = 0; n < count; n++) {
      int i = check.backwards() ? count - 1 - n : n;
      Operation operation = operations.get(i);
      IndexSlot slot = check.slot(i);
      if (slot == null || operation instanceof WriteBatch.PutAll) {
        continue;
      }
      if (slot.index != last) {
        growth += last == null ? 0 : last.estimatedBytes() - bytesBefore;
        last = slot.index;
        bytesBefore = last.estimatedBytes();
      }
      put(slot, operation, timestamp);
    }
    growth += last == null ? 0 : last.estimatedBytes() - bytesBefore;
    return check.hasRuns() ? growth + putRuns(batch, check) : growth;
  }

  private static void put(IndexSlot slot, Operation operation, long timestamp) {
    if (operation instanceof WriteBatch.Put put) {
      slot.put(put.key().array(), put.value().array(), timestamp);
    } else {
      slot.put(((WriteBatch.Delete) operation).key().array(), null, timestamp);
    }
  }

  private static long putRuns(WriteBatch batch, BatchCheck check) {
    long growth = 0;
    for (int i = 0; i < batch.operations().size(); i++) {
      if (batch.operations().get(i) instanceof WriteBatch.PutAll all) {
        IndexSlot slot = check.slot(i);
        long bytesBefore = slot.index.estimatedBytes();
        slot.putAll(new VersionRun(all.run(), batch.timestamp()));
        growth += slot.index.estimatedBytes() - bytesBefore;
      }
    }
    return growth;
  }

  /**
   * Keeps versions back in their slots; those of an index that gains nothing by it are put.
   *
   * @return how many were kept back
   */
  static int holdBack(WriteBatch batch, BatchCheck check) {
    List<Operation> operations = batch.operations();
    long timestamp = batch.timestamp();
    int count = operations.size();
    int heldBack = 0;
    for (int n = 0; n < count; n++) {
      int i = check.backwards() ? count - 1 - n : n;
      IndexSlot slot = check.slot(i);
      if (slot != null) {
        if (slot.holdBack(operations.get(i), timestamp)) {
          heldBack++;
        } else {
          put(slot, operations.get(i), timestamp);
        }
      }
    }
    return heldBack;
  }
}
