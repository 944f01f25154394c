// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.WindowFrame.BoundKind;
import io.distdb.sql.ast.WindowFrame.Unit;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Ordering;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * The frame of a window call, compiled. Both bounds only move forward from row to row, because
 * offsets are the same for all of them (PostgreSQL documentation, 4.2.8), so that all bounds of a
 * partition are found in one pass.
 */
final class FrameProgram {
  private final Relation.Frame frame;
  private final boolean descending;
  private final Program offsets;
  private final Program limits;

  /**
   * @param order of the window
   */
  FrameProgram(List<Variable> layout, List<Relation.SortKey> order, Relation.Frame frame) {
    this.frame = frame;
    descending = !order.isEmpty() && order.getFirst().descending();
    List<Expression> constants = new ArrayList<>();
    List<Expression> perRow = new ArrayList<>();
    for (Relation.Bound bound : List.of(frame.start(), frame.end())) {
      bound.offset().ifPresent(constants::add);
      bound.range().ifPresent(range -> perRow.add(range.key()));
      bound.range().flatMap(Relation.RangeLimit::limit).ifPresent(perRow::add);
    }
    offsets = ExpressionCompiler.compile(List.of(), constants);
    limits = ExpressionCompiler.compile(layout, perRow);
  }

  Relation.Frame frame() {
    return frame;
  }

  Run open(Execution execution) {
    return new Run(execution);
  }

  /** The bounds of one run: offsets are evaluated once. */
  final class Run {
    private final Frame limitFrame;
    private final Vector startOffset;
    private final Vector endOffset;

    /** First row of each row's frame, and one more than the last; equal when it is empty. */
    int[] start = {};

    int[] end = {};

    private Run(Execution execution) {
      Frame constants = offsets.frame(execution);
      int next = 0;
      startOffset =
          frame.start().offset().isPresent() ? offset(next++, constants, "starting") : null;
      endOffset = frame.end().offset().isPresent() ? offset(next, constants, "ending") : null;
      limitFrame = limits.frame(execution);
    }

    private Vector offset(int index, Frame constants, String which) {
      Vector value = offsets.evaluateConstant(index, constants);
      if (value.nulls[0]) {
        throw new DistDbException(
            ErrorCode.NULL_VALUE_NOT_ALLOWED, "frame " + which + " offset must not be null");
      }
      boolean negative =
          value.longs != null && value.longs[0] < 0
              || value.doubles != null && !(value.doubles[0] >= 0);
      if (negative) {
        throw new DistDbException(
            ErrorCode.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
            frame.unit() == Unit.RANGE
                ? "invalid preceding or following size in window function"
                : "frame " + which + " offset must not be negative");
      }
      return value;
    }

    void compute(WindowPartition partition) {
      int size = partition.size;
      if (start.length < size) {
        start = new int[size * 2];
        end = new int[size * 2];
      }
      fill(partition, frame.start(), startOffset, true, start, 0);
      int used = frame.start().range().map(range -> range.limit().isPresent() ? 2 : 1).orElse(0);
      fill(partition, frame.end(), endOffset, false, end, used);
      for (int row = 0; row < size; row++) {
        end[row] = Math.max(start[row], end[row]);
      }
    }

    private void fill(
        WindowPartition partition,
        Relation.Bound bound,
        Vector offset,
        boolean isStart,
        int[] target,
        int firstLimit) {
      switch (bound.kind()) {
        case UNBOUNDED_PRECEDING -> java.util.Arrays.fill(target, 0, partition.size, 0);
        case UNBOUNDED_FOLLOWING ->
            java.util.Arrays.fill(target, 0, partition.size, partition.size);
        case CURRENT_ROW -> {
          for (int row = 0; row < partition.size; row++) {
            target[row] =
                frame.unit() == Unit.ROWS
                    ? isStart ? row : row + 1
                    : isStart ? partition.peerStart[row] : partition.peerEnd[row];
          }
        }
        case PRECEDING, FOLLOWING -> {
          boolean back = bound.kind() == BoundKind.PRECEDING;
          switch (frame.unit()) {
            case ROWS -> rows(partition, offset.longs[0], back, isStart, target);
            case GROUPS -> groups(partition, offset.longs[0], back, isStart, target);
            case RANGE -> range(partition, bound, offset, back, isStart, target, firstLimit);
          }
        }
      }
    }

    private static void rows(
        WindowPartition partition, long offset, boolean back, boolean isStart, int[] target) {
      int size = partition.size;
      int step = (int) Math.min(offset, size + 1L);
      for (int row = 0; row < size; row++) {
        long at = (back ? (long) row - step : (long) row + step) + (isStart ? 0 : 1);
        target[row] = (int) Math.clamp(at, 0, size);
      }
    }

    private static void groups(
        WindowPartition partition, long offset, boolean back, boolean isStart, int[] target) {
      int step = (int) Math.min(offset, partition.groups + 1L);
      for (int row = 0; row < partition.size; row++) {
        long group = (long) partition.groupOf[row] + (back ? -step : step) + (isStart ? 0 : 1);
        target[row] = partition.groupStart[(int) Math.clamp(group, 0, partition.groups)];
      }
    }

    /** Rows with a NULL key are a frame of their own, and in no frame of another row. */
    private void range(
        WindowPartition partition,
        Relation.Bound bound,
        Vector offset,
        boolean back,
        boolean isStart,
        int[] target,
        int firstLimit) {
      Batch batch = partition.batch();
      Vector key = limits.evaluate(firstLimit, limitFrame, batch);
      boolean plain = bound.range().orElseThrow().limit().isEmpty();
      Vector limit = plain ? null : limits.evaluate(firstLimit + 1, limitFrame, batch);
      int from = 0;
      while (from < partition.size && key.nulls[from]) {
        from++;
      }
      int to = partition.size;
      while (to > from && key.nulls[to - 1]) {
        to--;
      }
      int at = from;
      boolean minus = back != descending;
      for (int row = 0; row < partition.size; row++) {
        if (row < from || row >= to) {
          target[row] = isStart ? partition.peerStart[row] : partition.peerEnd[row];
          continue;
        }
        while (at < to && isBefore(key, at, row, limit, offset, minus, isStart)) {
          at++;
        }
        target[row] = at;
      }
    }

    /** Whether row {@code at} is before the bound of row {@code row}. */
    private boolean isBefore(
        Vector key, int at, int row, Vector limit, Vector offset, boolean minus, boolean isStart) {
      int compared;
      if (limit != null) {
        compared = key.compare(at, limit, row);
      } else if (key.longs != null) {
        long step = minus ? -offset.longs[0] : offset.longs[0];
        compared = Long.compare(key.longs[at], saturated(key.longs[row], step));
      } else {
        double step = minus ? -offset.doubles[0] : offset.doubles[0];
        compared = Ordering.compare(key.doubles[at], key.doubles[row] + step);
      }
      compared = descending ? -compared : compared;
      return isStart ? compared < 0 : compared <= 0;
    }

    private static long saturated(long value, long step) {
      long sum = value + step;
      boolean overflow = ((value ^ sum) & (step ^ sum)) < 0;
      return overflow ? step < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }
  }
}
