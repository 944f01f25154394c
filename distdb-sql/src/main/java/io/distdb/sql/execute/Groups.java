// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** The groups of one set of keys, numbered in order of their first row, and their aggregates. */
final class Groups {
  /** Of one group in one aggregate: a sum, a count, a flag, with room to grow. */
  private static final long STATE_BYTES = 32;

  private final int[] keyPositions;
  private final Vector[] keys;
  private final AggregateState[] states;
  private KeyTable table;
  private int count;
  private int[] groupOf = {};

  /**
   * @param keyPositions columns of the input; none makes one group, even of no rows
   */
  Groups(int[] keyPositions, List<AggregateCall> calls) {
    this.keyPositions = keyPositions;
    keys = new Vector[keyPositions.length];
    states = new AggregateState[calls.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = new AggregateState(calls.get(i));
    }
    if (keys.length == 0) {
      count = 1;
      ensure();
    }
  }

  private void ensure() {
    for (AggregateState state : states) {
      state.ensure(count);
    }
  }

  /** What keys and states take, an estimate. */
  long heapBytes() {
    long bytes = table == null ? 0 : table.heapBytes();
    for (AggregateState state : states) {
      bytes += STATE_BYTES * count + state.heldBytes();
    }
    return bytes;
  }

  int count() {
    return count;
  }

  /** Finds the groups of the rows. */
  void assign(Batch batch) {
    if (groupOf.length < batch.extent) {
      groupOf = new int[batch.extent];
    }
    if (keys.length == 0) {
      return;
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.columns[keyPositions[i]];
    }
    if (table == null) {
      table = new KeyTable(keys);
    }
    for (int n = 0; n < batch.count; n++) {
      int row = batch.position(n);
      groupOf[row] = table.findOrAdd(keys, row);
    }
    count = table.size();
    ensure();
  }

  /** Takes rows of the batch that was assigned last into a call's aggregate. */
  void add(int call, Batch rows, Vector[] arguments, Vector[] order) {
    states[call].add(groupOf, rows, arguments, order);
  }

  /** No more rows come. */
  void finish() {
    for (AggregateState state : states) {
      state.finish();
    }
  }

  /** Copies key {@code key}, a position in this set. */
  void key(int key, int group, Vector target, int at) {
    target.set(at, table.keys()[key], group);
  }

  void result(int call, int group, Vector target, int at) {
    states[call].result(group, target, at);
  }
}
