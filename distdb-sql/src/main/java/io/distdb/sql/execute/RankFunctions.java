// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.function.WindowFunction.Kind;
import io.distdb.sql.vector.Vector;

/** Window functions to which frames do not matter (PostgreSQL documentation, 9.22). */
final class RankFunctions {
  private RankFunctions() {}

  static void compute(Kind kind, WindowPartition partition, Vector[] arguments, Vector result) {
    switch (kind) {
      case NTILE -> ntile(partition, arguments[0], result);
      case LAG -> shift(partition, arguments, -1, result);
      case LEAD -> shift(partition, arguments, 1, result);
      default -> rank(kind, partition, result);
    }
  }

  private static void rank(Kind kind, WindowPartition partition, Vector result) {
    double size = partition.size;
    for (int row = 0; row < partition.size; row++) {
      result.nulls[row] = false;
      switch (kind) {
        case ROW_NUMBER -> result.longs[row] = row + 1;
        case RANK -> result.longs[row] = partition.peerStart[row] + 1;
        case DENSE_RANK -> result.longs[row] = partition.groupOf[row] + 1;
        case PERCENT_RANK ->
            result.doubles[row] = size == 1 ? 0 : partition.peerStart[row] / (size - 1);
        case CUME_DIST -> result.doubles[row] = partition.peerEnd[row] / size;
        default -> throw new IllegalStateException(kind + " is no rank");
      }
    }
  }

  /** The first buckets are one row longer when the rows do not divide evenly. */
  private static void ntile(WindowPartition partition, Vector buckets, Vector result) {
    if (buckets.nulls[0]) {
      java.util.Arrays.fill(result.nulls, 0, partition.size, true);
      return;
    }
    requireBuckets(buckets, 0);
    for (int row = 0; row < partition.size; row++) {
      result.nulls[row] = false;
      result.longs[row] = bucket(row, partition.size, buckets.longs[0]);
    }
  }

  /** Which of {@code count} buckets row {@code row} of {@code size} rows is in, from 1. */
  static long bucket(long row, long size, long count) {
    long length = size / count;
    long longer = size % count;
    long border = longer * (length + 1);
    return 1 + (row < border ? row / (length + 1) : longer + (row - border) / length);
  }

  /**
   * @throws DistDbException {@code INVALID_ARGUMENT_FOR_NTILE}: the number at {@code row} is not
   *     above 0
   */
  static void requireBuckets(Vector buckets, int row) {
    if (!buckets.nulls[row] && buckets.longs[row] <= 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_NTILE, "argument of ntile must be greater than zero");
    }
  }

  private static void shift(
      WindowPartition partition, Vector[] arguments, int direction, Vector result) {
    for (int row = 0; row < partition.size; row++) {
      if (arguments.length > 1 && arguments[1].nulls[row]) {
        result.nulls[row] = true;
        continue;
      }
      long offset = arguments.length > 1 ? arguments[1].longs[row] : 1;
      long source = row + direction * offset;
      if (source >= 0 && source < partition.size) {
        result.set(row, arguments[0], (int) source);
      } else if (arguments.length > 2) {
        result.set(row, arguments[2], row);
      } else {
        result.nulls[row] = true;
      }
    }
  }
}
