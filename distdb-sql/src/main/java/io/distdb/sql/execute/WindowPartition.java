// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/**
 * One partition, sorted: its rows and their peers, rows that are equal in the window's order.
 * Arrays are used again for the next partition.
 */
final class WindowPartition {
  final ColumnBuffer rows;
  private final int[] orderColumns;
  int size;

  /** First row of the peers of each row, and one more than the last. */
  int[] peerStart = {};

  int[] peerEnd = {};

  /** Number of the peer group of each row, from 0. */
  int[] groupOf = {};

  /** First row of each peer group; {@link #size} after the last. */
  int[] groupStart = {};

  int groups;

  /**
   * @param orderColumns positions; without any all rows are peers
   */
  WindowPartition(ColumnBuffer rows, int[] orderColumns) {
    this.rows = rows;
    this.orderColumns = orderColumns;
  }

  /** The buffer holds another partition. */
  void refresh() {
    size = rows.rows;
    if (groupOf.length < size) {
      int capacity = Math.max(16, size * 2);
      peerStart = new int[capacity];
      peerEnd = new int[capacity];
      groupOf = new int[capacity];
      groupStart = new int[capacity + 1];
    }
    groups = 0;
    for (int row = 0; row < size; row++) {
      if (row == 0 || !arePeers(row - 1, row)) {
        groupStart[groups++] = row;
      }
      groupOf[row] = groups - 1;
      peerStart[row] = groupStart[groups - 1];
    }
    groupStart[groups] = size;
    for (int row = 0; row < size; row++) {
      peerEnd[row] = groupStart[groupOf[row] + 1];
    }
  }

  private boolean arePeers(int left, int right) {
    for (int column : orderColumns) {
      Vector values = rows.columns[column];
      if (!values.same(left, values, right)) {
        return false;
      }
    }
    return true;
  }

  /** All rows that are here. */
  Batch batch() {
    Batch batch = new Batch(rows.columns);
    batch.setDense(rows.rows);
    return batch;
  }
}
