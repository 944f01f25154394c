// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.WindowFrame.Exclusion;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.vector.Vector;

/**
 * An aggregate over the frames of one partition.
 *
 * <p>Design: bounds only move forward. A frame that starts at the first row only grows, so one
 * state takes each row in once. Where both bounds move: count and the sum of integers are
 * differences of running totals; the least and the greatest come from a monotonic queue of
 * candidates (each row enters and leaves once); any other aggregate is computed anew for each
 * frame, as PostgreSQL does for those without an inverse, which for floating point keeps results
 * exact. With EXCLUDE all are computed anew.
 */
final class WindowAggregate {
  private final AggregateFunction function;
  private final Vector[] arguments;
  private final boolean[] passes;
  private final FrameProgram.Run bounds;
  private final Exclusion exclusion;
  private final QueryMemory.Holding holding;

  /** Of what the results refer to. */
  private long resultBytes;

  /**
   * @param passes rows that count; null for all
   * @param holding told of the size of results that grow with the frame
   */
  WindowAggregate(
      AggregateFunction function,
      Vector[] arguments,
      boolean[] passes,
      FrameProgram.Run bounds,
      Exclusion exclusion,
      QueryMemory.Holding holding) {
    this.function = function;
    this.arguments = arguments;
    this.passes = passes;
    this.bounds = bounds;
    this.exclusion = exclusion;
    this.holding = holding;
  }

  void compute(WindowPartition partition, Vector result, Execution execution) {
    if (WindowCallProgram.excludes(exclusion)) {
      anew(partition, result, execution);
    } else if (bounds.start[partition.size - 1] == 0) {
      growing(partition, result);
    } else if (function.name().equals("count")) {
      count(partition, result);
    } else if (isSumOfInts()) {
      sum(partition, result);
    } else if (isInvertible()) {
      sliding(partition, result);
    } else if (function.name().equals("min") || function.name().equals("max")) {
      extreme(partition, function.name().equals("min") ? -1 : 1, result);
    } else {
      anew(partition, result, execution);
    }
  }

  private boolean isSumOfInts() {
    SqlType type = function.argumentTypes().getFirst();
    return function.name().equals("sum")
        && (type.equals(SqlType.INTEGER) || type.equals(SqlType.SMALLINT));
  }

  /** Sums of whole numbers that NUMERIC holds exactly. */
  private boolean isInvertible() {
    SqlType type = function.argumentTypes().getFirst();
    boolean whole =
        type.equals(SqlType.INTEGER)
            || type.equals(SqlType.SMALLINT)
            || type.equals(SqlType.BIGINT);
    return whole && (function.name().equals("sum") || function.name().equals("avg"));
  }

  private void sliding(WindowPartition partition, Vector result) {
    Aggregator aggregator = Aggregators.of(function);
    aggregator.ensure(1);
    int removed = 0;
    int added = 0;
    for (int row = 0; row < partition.size; row++) {
      while (added < bounds.end[row]) {
        add(aggregator, 0, added++);
      }
      for (; removed < Math.min(bounds.start[row], added); removed++) {
        if (counts(removed)) {
          aggregator.remove(0, arguments[0], removed);
        }
      }
      if (bounds.start[row] == bounds.end[row]) {
        result.nulls[row] = true;
      } else {
        aggregator.result(0, result, row);
      }
    }
  }

  private boolean counts(int row) {
    return passes == null || passes[row];
  }

  private void add(Aggregator aggregator, int group, int row) {
    if (counts(row)) {
      aggregator.add(group, arguments, row);
    }
  }

  private void growing(WindowPartition partition, Vector result) {
    Aggregator aggregator = Aggregators.of(function);
    aggregator.ensure(1);
    int added = 0;
    for (int row = 0; row < partition.size; row++) {
      int before = added;
      while (added < bounds.end[row]) {
        add(aggregator, 0, added++);
      }
      if (row > 0 && added == before) {
        result.set(row, result, row - 1);
      } else {
        aggregator.result(0, result, row);
        hold(aggregator, result, row);
      }
    }
  }

  /** Counts the result of {@code row}, and what it was made of. */
  private void hold(Aggregator aggregator, Vector result, int row) {
    long bytes = result.referredBytes(row);
    if (bytes > 0) {
      resultBytes += bytes;
      holding.set(result.arrayBytes() + resultBytes + aggregator.heldBytes());
    }
  }

  private void anew(WindowPartition partition, Vector result, Execution execution) {
    FrameRows rows = new FrameRows(bounds, exclusion, partition);
    Aggregator aggregator = Aggregators.of(function);
    aggregator.ensure(partition.size);
    for (int row = 0; row < partition.size; row++) {
      if (row % Batch.ROWS_MAX == 0) {
        execution.cancellation().check();
      }
      rows.enter(row);
      for (int at = rows.next(0); at >= 0; at = rows.next(at + 1)) {
        add(aggregator, row, at);
      }
      aggregator.result(row, result, row);
      hold(aggregator, result, row);
    }
  }

  private boolean isValue(int row) {
    return counts(row) && (arguments.length == 0 || !arguments[0].nulls[row]);
  }

  private void count(WindowPartition partition, Vector result) {
    long[] before = new long[partition.size + 1];
    for (int row = 0; row < partition.size; row++) {
      before[row + 1] = before[row] + (isValue(row) ? 1 : 0);
    }
    for (int row = 0; row < partition.size; row++) {
      result.nulls[row] = false;
      result.longs[row] = before[bounds.end[row]] - before[bounds.start[row]];
    }
  }

  /** Of fewer than 2^31 values of 32 bits: no total overflows a long. */
  private void sum(WindowPartition partition, Vector result) {
    long[] totals = new long[partition.size + 1];
    int[] values = new int[partition.size + 1];
    for (int row = 0; row < partition.size; row++) {
      boolean isValue = isValue(row);
      totals[row + 1] = totals[row] + (isValue ? arguments[0].longs[row] : 0);
      values[row + 1] = values[row] + (isValue ? 1 : 0);
    }
    for (int row = 0; row < partition.size; row++) {
      int start = bounds.start[row];
      int end = bounds.end[row];
      result.nulls[row] = values[end] == values[start];
      result.longs[row] = totals[end] - totals[start];
    }
  }

  /**
   * @param sign -1 for the least, 1 for the greatest
   */
  private void extreme(WindowPartition partition, int sign, Vector result) {
    Vector values = arguments[0];
    int[] candidates = new int[partition.size];
    int head = 0;
    int tail = 0;
    int added = 0;
    for (int row = 0; row < partition.size; row++) {
      for (; added < bounds.end[row]; added++) {
        if (isValue(added)) {
          while (tail > head
              && values.compare(candidates[tail - 1], values, added) * (long) sign <= 0) {
            tail--;
          }
          candidates[tail++] = added;
        }
      }
      while (head < tail && candidates[head] < bounds.start[row]) {
        head++;
      }
      result.nulls[row] = head == tail || bounds.start[row] == bounds.end[row];
      if (!result.nulls[row]) {
        result.set(row, values, candidates[head]);
      }
    }
  }
}
