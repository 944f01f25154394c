// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** One input after the other; each is opened when its turn comes. */
final class AppendOperator implements Operator {
  private final OperatorFactory[] inputs;
  private final ColumnMapping[] mappings;
  private final Execution execution;
  private Operator current;
  private int next;

  AppendOperator(OperatorFactory[] inputs, ColumnMapping[] mappings, Execution execution) {
    this.inputs = inputs;
    this.mappings = mappings;
    this.execution = execution;
  }

  @Override
  public Batch next() {
    while (current != null || next < inputs.length) {
      if (current == null) {
        current = inputs[next++].open(execution);
      }
      Batch batch = current.next();
      if (batch != null) {
        return mappings[next - 1].apply(batch);
      }
      current.close();
      current = null;
    }
    return null;
  }

  @Override
  public void close() {
    next = inputs.length;
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
