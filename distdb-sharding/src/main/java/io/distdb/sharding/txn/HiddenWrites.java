// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.WriteBatch.Operation;
import io.distdb.api.storage.WriteBatch.Put;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Entries of a {@link WriteBuffer} written since a moment, with what each was before. */
final class HiddenWrites {
  private final Map<Integer, Operation> before = new HashMap<>();

  /**
   * @param replaced null: the key was not written before
   */
  void note(int position, Operation replaced) {
    if (!before.containsKey(position)) {
      before.put(position, replaced);
    }
  }

  boolean contains(int position) {
    return before.containsKey(position);
  }

  /** Those of {@code positions} whose entries were there before the moment. */
  int[] seen(int[] positions) {
    return Arrays.stream(positions)
        .filter(position -> !contains(position) || before.get(position) != null)
        .toArray();
  }

  /** Where the entry is that a reader sees: the one before the moment; or -1. */
  int find(WriteBuffer writes, OwnRuns runs, IndexId index, Bytes key) {
    int position = writes.find(index, key);
    if (position < 0 || !contains(position) || before.get(position) != null) {
      return position;
    }
    int inRuns = runs == null ? -1 : runs.find(index, key.array());
    return inRuns < 0 ? -1 : WriteBuffer.IN_RUN + inRuns;
  }

  /** The value before the moment; null when it was deleted, or there was none. */
  Bytes valueBefore(int position) {
    return before.get(position) instanceof Put put ? put.value() : null;
  }
}
