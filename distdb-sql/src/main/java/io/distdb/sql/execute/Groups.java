// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.spill.SpillPartitions;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * The groups of one set of keys, numbered in order of their first row, and their aggregates. Once
 * it is closed to new groups, their rows go to partitions as they are.
 */
final class Groups {
  /** Of one group in one aggregate: a sum, a count, a flag, with room to grow. */
  private static final long STATE_BYTES = 32;

  private final int[] keyPositions;
  private final Vector[] keys;
  private final AggregateState[] states;
  private KeyTable table;
  private int count;
  private int[] groupOf = {};

  /** Where rows of new groups go; null while there can be new groups. */
  private SpillPartitions others;

  /** Of a batch, the rows whose groups are held. */
  private final Batch held = new Batch(null);

  private int[] selection = {};

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

  /** What the buffers of {@link #others} take, an estimate. */
  long othersBytes() {
    return others == null ? 0 : others.heapBytes();
  }

  /** How much of it aggregates can put on disk by {@link #spill}. */
  long spillableBytes() {
    long bytes = 0;
    for (AggregateState state : states) {
      bytes += state.spillableBytes();
    }
    return bytes;
  }

  /** Lets what aggregates gather wait on disk. */
  void spill(Execution execution) {
    for (AggregateState state : states) {
      if (state.spillableBytes() > 0) {
        state.spill(execution);
      }
    }
  }

  /** Deletes files, but for those of {@link #others}. */
  void release() {
    for (AggregateState state : states) {
      state.close();
    }
  }

  /** Whether there can be new groups and they can be told to wait. */
  boolean isOpen() {
    return others == null && keys.length > 0;
  }

  /**
   * Takes in no new groups from now on.
   *
   * @param partitions where their rows go
   */
  void close(SpillPartitions partitions) {
    others = partitions;
  }

  /** Where rows of other groups wait; null when there was room for all. */
  SpillPartitions others() {
    return others;
  }

  int count() {
    return count;
  }

  /**
   * Finds the groups of the rows.
   *
   * @return the rows whose groups are held, for {@link #add}: the batch itself when all are
   */
  Batch assign(Batch batch) {
    if (groupOf.length < batch.extent) {
      groupOf = new int[batch.extent];
    }
    if (keys.length == 0) {
      return batch;
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.columns[keyPositions[i]];
    }
    if (others != null) {
      return assignHeld(batch);
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
    return batch;
  }

  private Batch assignHeld(Batch batch) {
    if (selection.length < batch.count) {
      selection = new int[batch.count];
    }
    int kept = 0;
    for (int n = 0; n < batch.count; n++) {
      int row = batch.position(n);
      int hash = KeyTable.hash(keys, row);
      int group = table.find(keys, row, hash);
      if (group == KeyTable.ABSENT) {
        others.append(hash, batch.columns, row);
      } else {
        groupOf[row] = group;
        selection[kept++] = row;
      }
    }
    held.columns = batch.columns;
    held.extent = batch.extent;
    held.selected = selection;
    held.count = kept;
    return held;
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
