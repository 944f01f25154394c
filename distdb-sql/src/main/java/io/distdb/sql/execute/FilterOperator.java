// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** Keeps the rows for which a predicate is true. */
final class FilterOperator implements Operator {
  private final Operator input;
  private final Program predicate;
  private final Frame frame;
  private final Batch filtered = new Batch(null);
  private int[] selection = {};

  FilterOperator(Operator input, Program predicate, Execution execution) {
    this.input = input;
    this.predicate = predicate;
    frame = predicate.frame(execution);
  }

  @Override
  public Batch next() {
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      if (selection.length <= batch.count) {
        selection = new int[batch.count + 1];
      }
      int kept = predicate.select(0, frame, batch, selection);
      if (kept > 0) {
        filtered.columns = batch.columns;
        filtered.extent = batch.extent;
        filtered.selected = selection;
        filtered.count = kept;
        return filtered;
      }
    }
    return null;
  }

  @Override
  public void close() {
    input.close();
  }
}
