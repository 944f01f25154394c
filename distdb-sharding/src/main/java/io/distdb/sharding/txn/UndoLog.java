// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.storage.WriteBatch.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What each write replaced, newest last; null: the key was not written before. */
final class UndoLog {
  private final List<Operation> before = new ArrayList<>();
  private int[] positions = new int[8];

  int size() {
    return before.size();
  }

  void add(int position, Operation replaced) {
    int at = before.size();
    if (at == positions.length) {
      positions = Arrays.copyOf(positions, at * 2);
    }
    positions[at] = position;
    before.add(replaced);
  }

  int lastPosition() {
    return positions[before.size() - 1];
  }

  Operation lastWrite() {
    return before.getLast();
  }

  void removeLast() {
    before.removeLast();
  }
}
