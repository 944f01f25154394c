// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.function.WindowFunction.Kind;
import io.distdb.sql.vector.Vector;

/** {@code first_value}, {@code last_value}, {@code nth_value}: the value of some row of a frame. */
final class FrameValues {
  private FrameValues() {}

  static void compute(
      Kind kind, WindowPartition partition, FrameRows rows, Vector[] arguments, Vector result) {
    for (int row = 0; row < partition.size; row++) {
      rows.enter(row);
      int source =
          switch (kind) {
            case FIRST_VALUE -> rows.next(0);
            case LAST_VALUE -> rows.previous(partition.size - 1);
            case NTH_VALUE -> nth(rows, arguments[1], row);
            default -> throw new IllegalStateException(kind + " has no frame");
          };
      if (source < 0) {
        result.nulls[row] = true;
      } else {
        result.set(row, arguments[0], source);
      }
    }
  }

  private static int nth(FrameRows rows, Vector places, int row) {
    if (places.nulls[row]) {
      return -1;
    }
    if (places.longs[row] <= 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_NTH_VALUE,
          "argument of nth_value must be greater than zero");
    }
    return rows.nth(places.longs[row] - 1);
  }
}
