// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Lets the first row of each run of equal keys through; the input is sorted by them. */
final class UniqueOperator implements Operator {
  private final Operator input;
  private final Execution execution;
  private final int[] keys;
  private final Vector[] last;
  private final Batch output = new Batch(null);
  private boolean any;
  private int[] selection = {};

  UniqueOperator(Operator input, List<Variable> layout, List<Variable> keys, Execution execution) {
    this.input = input;
    this.execution = execution;
    this.keys = keys.stream().mapToInt(layout::indexOf).toArray();
    last = new Vector[this.keys.length];
    for (int i = 0; i < last.length; i++) {
      last[i] = new Vector(keys.get(i).type(), 1);
    }
  }

  @Override
  public Batch next() {
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      if (selection.length < batch.count) {
        selection = new int[batch.count];
      }
      int kept = 0;
      for (int n = 0; n < batch.count; n++) {
        int row = batch.position(n);
        if (!any || differs(batch, row)) {
          remember(batch, row);
          selection[kept++] = row;
        }
      }
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

  private boolean differs(Batch batch, int row) {
    for (int i = 0; i < keys.length; i++) {
      if (!last[i].same(0, batch.columns[keys[i]], row)) {
        return true;
      }
    }
    return false;
  }

  private void remember(Batch batch, int row) {
    any = true;
    for (int i = 0; i < keys.length; i++) {
      last[i].set(0, batch.columns[keys[i]], row);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
