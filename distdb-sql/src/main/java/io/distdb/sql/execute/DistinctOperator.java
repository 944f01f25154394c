// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** Lets each row through once, the first time it comes. */
final class DistinctOperator implements Operator {
  private final Operator input;
  private final QueryMemory.Holding holding;
  private final Execution execution;
  private final Batch output = new Batch(null);
  private KeyTable seen;
  private int[] selection = {};

  DistinctOperator(Operator input, Execution execution) {
    this.input = input;
    this.execution = execution;
    holding = execution.memory().holding("DISTINCT");
  }

  @Override
  public Batch next() {
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      if (seen == null) {
        seen = new KeyTable(batch.columns);
      }
      if (selection.length < batch.count) {
        selection = new int[batch.count];
      }
      int kept = 0;
      for (int n = 0; n < batch.count; n++) {
        int row = batch.position(n);
        int known = seen.size();
        if (seen.findOrAdd(batch.columns, row) == known) {
          selection[kept++] = row;
        }
      }
      holding.set(seen.heapBytes());
      if (kept > 0) {
        output.columns = batch.columns;
        output.extent = batch.extent;
        output.selected = selection;
        output.count = kept;
        return output;
      }
    }
    return null;
  }

  @Override
  public void close() {
    input.close();
    holding.release();
    seen = null;
  }
}
