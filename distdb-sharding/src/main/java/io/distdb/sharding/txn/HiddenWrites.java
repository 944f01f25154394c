// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.storage.WriteBatch.Operation;
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
        .filter(position -> !contains(position) || before(position) != null)
        .toArray();
  }

  /** The entry before the moment; null when there was none. */
  Operation before(int position) {
    return before.get(position);
  }
}
