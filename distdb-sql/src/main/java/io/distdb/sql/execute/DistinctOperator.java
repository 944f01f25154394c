// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillPartitions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Lets each row through once, the first time it comes. Rows that were not seen when there is no
 * more room for such are dealt out to temporary files by their hashes, and each file is read like
 * the input after it, with what was seen forgotten: equal rows are in one file (as {@link
 * GroupPasses} has it, with the same source).
 */
final class DistinctOperator implements Operator {
  /** Rows of a partition, none of which was let through. */
  private record Waiting(SpillFile rows, int level) {}

  private final List<Variable> layout;
  private final QueryMemory.Holding holding;
  private final Execution execution;
  private final Batch output = new Batch(null);
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private Operator source;
  private int level;
  private KeyTable seen;

  /** Where new rows of this pass go; null: there is room for them. */
  private SpillPartitions others;

  private int[] selection = {};

  DistinctOperator(Operator input, List<Variable> layout, Execution execution) {
    source = input;
    this.layout = layout;
    this.execution = execution;
    holding = execution.memory().spillable("DISTINCT");
  }

  @Override
  public Batch next() {
    do {
      for (Batch batch = source.next(); batch != null; batch = source.next()) {
        execution.cancellation().check();
        int kept = take(batch);
        if (kept > 0) {
          output.columns = batch.columns;
          output.extent = batch.extent;
          output.selected = selection;
          output.count = kept;
          return output;
        }
      }
    } while (nextPass());
    return null;
  }

  /** Selects the rows that are new; how many. */
  private int take(Batch batch) {
    if (seen == null) {
      seen = new KeyTable(batch.columns);
    }
    if (selection.length < batch.count) {
      selection = new int[batch.count];
    }
    int kept = 0;
    for (int n = 0; n < batch.count; n++) {
      int row = batch.position(n);
      int hash = KeyTable.hash(batch.columns, row);
      if (others == null) {
        int known = seen.size();
        if (seen.findOrAdd(batch.columns, row, hash) == known) {
          selection[kept++] = row;
        }
      } else if (seen.find(batch.columns, row, hash) == KeyTable.ABSENT) {
        others.append(hash, batch.columns, row);
      }
    }
    if (others == null && !holding.tryHold(seen.heapBytes())) {
      closeToOthers();
    }
    return kept;
  }

  private void closeToOthers() {
    if (level > SpillPartitions.LEVEL_MAX) {
      holding.set(seen.heapBytes());
      return;
    }
    others = execution.memory().newPartitions(layout, level);
    holding.holdAnyway(seen.heapBytes() + others.heapBytes());
  }

  /** Goes on with a partition; false: there are no more. */
  private boolean nextPass() {
    source.close();
    for (int i = 0; others != null && i < SpillPartitions.COUNT; i++) {
      if (others.file(i).rows() > 0) {
        others.file(i).flush();
        waiting.push(new Waiting(others.file(i), level + 1));
      }
    }
    others = null;
    seen = null;
    holding.holdAnyway(0);
    Waiting next = waiting.poll();
    if (next == null) {
      return false;
    }
    level = next.level;
    source = new SpillScan(next.rows, layout, true);
    return true;
  }

  @Override
  public void close() {
    source.close();
    waiting.forEach(each -> each.rows.close());
    waiting.clear();
    if (others != null) {
      others.close();
    }
    holding.release();
    seen = null;
  }
}
