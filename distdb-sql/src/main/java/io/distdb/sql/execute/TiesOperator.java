// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** FETCH FIRST … WITH TIES: some rows, and those after them that equal the last in the order. */
final class TiesOperator implements Operator {
  private final Operator input;
  private final int[] keys;
  private final Vector[] last;
  private final Batch output = new Batch(null);
  private int[] selection = {};
  private long skip;
  private long left;
  private boolean done;

  TiesOperator(
      Operator input, List<Variable> layout, List<SortKey> order, FetchProgram.Bounds bounds) {
    this.input = input;
    keys = order.stream().mapToInt(key -> layout.indexOf(key.variable())).toArray();
    last = new Vector[keys.length];
    for (int i = 0; i < keys.length; i++) {
      last[i] = new Vector(order.get(i).variable().type(), 1);
    }
    skip = bounds.offset();
    left = bounds.limit();
    done = left == 0;
  }

  @Override
  public Batch next() {
    while (!done) {
      Batch batch = input.next();
      if (batch == null) {
        return null;
      }
      int kept = select(batch);
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

  private int select(Batch batch) {
    if (selection.length < batch.count) {
      selection = new int[batch.count];
    }
    int kept = 0;
    for (int n = 0; n < batch.count && !done; n++) {
      int row = batch.position(n);
      if (skip > 0) {
        skip--;
      } else if (left > 0) {
        selection[kept++] = row;
        left--;
        if (left == 0) {
          remember(batch, row);
        }
      } else if (equalsLast(batch, row)) {
        selection[kept++] = row;
      } else {
        done = true;
      }
    }
    return kept;
  }

  private void remember(Batch batch, int row) {
    for (int i = 0; i < keys.length; i++) {
      last[i].set(0, batch.columns[keys[i]], row);
    }
  }

  private boolean equalsLast(Batch batch, int row) {
    for (int i = 0; i < keys.length; i++) {
      if (!last[i].same(0, batch.columns[keys[i]], row)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    done = true;
    input.close();
  }
}
