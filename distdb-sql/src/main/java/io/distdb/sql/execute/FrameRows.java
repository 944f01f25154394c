// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.ast.WindowFrame.Exclusion;

/** The rows of one row's frame, what EXCLUDE takes out left aside. */
final class FrameRows {
  private final FrameProgram.Run bounds;
  private final Exclusion exclusion;
  private final WindowPartition partition;
  private int row;

  FrameRows(FrameProgram.Run bounds, Exclusion exclusion, WindowPartition partition) {
    this.bounds = bounds;
    this.exclusion = exclusion;
    this.partition = partition;
  }

  void enter(int newRow) {
    row = newRow;
  }

  /** The first row of the frame at {@code from} or after; -1 when there is none. */
  int next(int from) {
    for (int at = Math.max(from, bounds.start[row]); at < bounds.end[row]; at++) {
      if (!isExcluded(at)) {
        return at;
      }
    }
    return -1;
  }

  /** The last row of the frame at {@code from} or before; -1 when there is none. */
  int previous(int from) {
    for (int at = Math.min(from, bounds.end[row] - 1); at >= bounds.start[row]; at--) {
      if (!isExcluded(at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isExcluded(int at) {
    return switch (exclusion) {
      case NO_OTHERS -> false;
      case CURRENT_ROW -> at == row;
      case GROUP -> isPeer(at);
      case TIES -> at != row && isPeer(at);
    };
  }

  private boolean isPeer(int at) {
    return at >= partition.peerStart[row] && at < partition.peerEnd[row];
  }

  /**
   * The row that is {@code ordinal} rows after the first one of the frame; -1 when it ends before.
   */
  int nth(long ordinal) {
    if (exclusion == Exclusion.NO_OTHERS) {
      long at = bounds.start[row] + ordinal;
      return at < bounds.end[row] ? (int) at : -1;
    }
    int at = next(0);
    for (long left = ordinal; left > 0 && at >= 0; left--) {
      at = next(at + 1);
    }
    return at;
  }
}
