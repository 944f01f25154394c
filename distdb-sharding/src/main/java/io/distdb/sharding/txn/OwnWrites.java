// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import java.util.Arrays;

/**
 * Some of a transaction's writes, as they were when a cursor was opened: ascending keys, and their
 * values, null for a deletion.
 */
record OwnWrites(Bytes[] keys, Bytes[] values) {
  static final OwnWrites NONE = new OwnWrites(new Bytes[0], new Bytes[0]);

  /** As readers see them. */
  static OwnWrites of(WriteBuffer writes, int[] positions) {
    Bytes[] keys = new Bytes[positions.length];
    Bytes[] values = new Bytes[positions.length];
    for (int i = 0; i < positions.length; i++) {
      keys[i] = writes.key(positions[i]);
      values[i] = writes.seenValue(positions[i]);
    }
    return new OwnWrites(keys, values);
  }

  boolean isEmpty() {
    return keys.length == 0;
  }

  int size() {
    return keys.length;
  }

  boolean contains(Bytes key) {
    return Arrays.binarySearch(keys, key) >= 0;
  }
}
