// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.execute.StreamedCall.Reach;
import io.distdb.sql.vector.Vector;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A partition that is too large to be held, given out with its calls' columns: its rows are read
 * from where they are kept, by one reader for what is given out and by one for each {@link Reach},
 * which runs ahead to the end of the frame and takes rows into the calls' states on its way.
 */
final class WindowStream {
  /** Runs ahead: rows {@code from} to {@code to - 1} have frames with the same end, {@code to}. */
  private final class Ahead {
    private final Reach reach;
    private final RowList.Reader reader = rows.reader();
    private final Vector[] firstOfGroup;
    private Batch batch;
    private int ordinal;
    private long from;
    private long to;
    private long groups;

    private Ahead(Reach reach) {
      this.reach = reach;
      firstOfGroup = ColumnBuffer.batchOf(plan.layout()).columns;
    }

    /** Takes in what the frame of row {@code row} has more than that of the row before. */
    private void reach(long row) {
      if (row < to) {
        return;
      }
      from = to;
      groups++;
      while (atRow() && isWithin()) {
        int position = batch.position(ordinal++);
        to++;
        for (WindowStreamCall call : calls) {
          call.take(reach, position);
        }
      }
      for (WindowStreamCall call : calls) {
        call.reached(reach);
      }
    }

    private boolean atRow() {
      while (batch == null || ordinal == batch.count) {
        execution.cancellation().check();
        batch = reader.next();
        ordinal = 0;
        if (batch == null) {
          return false;
        }
        for (WindowStreamCall call : calls) {
          call.enter(reach, batch);
        }
      }
      return true;
    }

    /** Whether the row at hand has the same frame as the first of the group. */
    private boolean isWithin() {
      int position = batch.position(ordinal);
      if (from == to) {
        for (int column : plan.orderColumns()) {
          firstOfGroup[column].set(0, batch.columns[column], position);
        }
        return true;
      }
      return switch (reach) {
        case ROW -> false;
        case PARTITION -> true;
        case PEERS -> {
          boolean peers = true;
          for (int column : plan.orderColumns()) {
            peers &= firstOfGroup[column].same(0, batch.columns[column], position);
          }
          yield peers;
        }
      };
    }
  }

  private final WindowOperator.Factory plan;
  private final Execution execution;
  private final RowList rows;
  private final RowList.Reader reader;
  private final List<WindowStreamCall> calls;
  private final Map<Reach, Ahead> aheads = new EnumMap<>(Reach.class);
  private final Batch output;
  private long row;

  /**
   * @param rows all of the partition; this object's from now on
   */
  WindowStream(WindowOperator.Factory plan, RowList rows, Execution execution) {
    this.plan = plan;
    this.rows = rows;
    this.execution = execution;
    reader = rows.reader();
    output = new Batch(new Vector[plan.layout().size() + plan.calls().size()]);
    calls =
        plan.calls().stream()
            .map(program -> new WindowStreamCall(program, rows.rows(), execution))
            .toList();
    for (WindowStreamCall call : calls) {
      if (call.reach() != null) {
        aheads.computeIfAbsent(call.reach(), Ahead::new);
      }
    }
  }

  /** The next rows; null at the end of the partition. */
  Batch next() {
    execution.cancellation().check();
    Batch batch = reader.next();
    if (batch == null) {
      return null;
    }
    int width = plan.layout().size();
    System.arraycopy(batch.columns, 0, output.columns, 0, width);
    for (WindowStreamCall call : calls) {
      call.begin(batch);
    }
    for (int n = 0; n < batch.count; n++, row++) {
      int position = batch.position(n);
      for (Ahead ahead : aheads.values()) {
        ahead.reach(row);
      }
      for (int i = 0; i < calls.size(); i++) {
        WindowStreamCall call = calls.get(i);
        Ahead ahead = aheads.get(call.reach());
        call.give(
            row,
            ahead == null ? row : ahead.from,
            ahead == null ? row : ahead.to,
            ahead == null ? 0 : ahead.groups,
            position);
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      output.columns[width + i] = calls.get(i).result();
    }
    output.selected = batch.selected;
    output.count = batch.count;
    output.extent = batch.extent;
    return output;
  }

  void close() {
    calls.forEach(WindowStreamCall::close);
    rows.close();
  }
}
