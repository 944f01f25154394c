// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** Passes over the first rows and ends after some more. */
final class LimitOperator implements Operator {
  private final Operator input;
  private long skip;
  private long left;
  private final Batch output = new Batch(null);
  private int[] selection = {};

  LimitOperator(Operator input, FetchProgram.Bounds bounds) {
    this.input = input;
    skip = bounds.offset();
    left = bounds.limit();
  }

  @Override
  public Batch next() {
    while (left > 0) {
      Batch batch = input.next();
      if (batch == null) {
        return null;
      }
      if (skip >= batch.count) {
        skip -= batch.count;
      } else if (skip == 0 && batch.count <= left) {
        left -= batch.count;
        return batch;
      } else {
        return part(batch);
      }
    }
    close();
    return null;
  }

  private Batch part(Batch batch) {
    int from = (int) skip;
    int count = (int) Math.min(left, batch.count - skip);
    if (selection.length < count) {
      selection = new int[count];
    }
    for (int n = 0; n < count; n++) {
      selection[n] = batch.position(from + n);
    }
    output.columns = batch.columns;
    output.extent = batch.extent;
    output.selected = selection;
    output.count = count;
    skip = 0;
    left -= count;
    return output;
  }

  @Override
  public void close() {
    left = 0;
    input.close();
  }
}
