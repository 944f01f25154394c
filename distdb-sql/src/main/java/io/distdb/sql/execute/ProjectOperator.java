// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/** Computes columns; the rows and their positions stay. */
final class ProjectOperator implements Operator {
  private final Operator input;
  private final Program expressions;
  private final Frame frame;
  private final Batch output;

  ProjectOperator(Operator input, Program expressions, Execution execution) {
    this.input = input;
    this.expressions = expressions;
    frame = expressions.frame(execution);
    output = new Batch(new Vector[expressions.size()]);
  }

  @Override
  public Batch next() {
    Batch batch = input.next();
    if (batch == null) {
      return null;
    }
    for (int i = 0; i < output.columns.length; i++) {
      output.columns[i] = expressions.evaluate(i, frame, batch);
    }
    output.count = batch.count;
    output.selected = batch.selected;
    output.extent = batch.extent;
    return output;
  }

  @Override
  public void close() {
    input.close();
  }
}
