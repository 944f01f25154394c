// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import java.util.List;

/**
 * The rows of a table of WITH: read from its plan as far as somebody has asked for them, and kept.
 */
final class MaterializedRows implements SharedRows {
  private final OperatorFactory factory;
  private final ColumnMapping mapping;
  private final Execution execution;
  private final ColumnBuffer buffer;
  private final QueryMemory.Holding holding;
  private Operator input;
  private boolean done;

  /**
   * @param columns of the table
   */
  MaterializedRows(
      OperatorFactory factory, ColumnMapping mapping, List<Variable> columns, Execution execution) {
    this.factory = factory;
    this.mapping = mapping;
    this.execution = execution;
    buffer = new ColumnBuffer(columns);
    holding = execution.memory().holding("table of WITH");
  }

  @Override
  public ColumnBuffer rows() {
    return buffer;
  }

  @Override
  public boolean fetch(int known) {
    while (buffer.rows <= known && !done) {
      execution.cancellation().check();
      if (input == null) {
        input = factory.open(execution);
      }
      Batch batch = input.next();
      if (batch == null) {
        done = true;
        input.close();
      } else {
        buffer.append(mapping.apply(batch));
        holding.set(buffer.heapBytes());
      }
    }
    return buffer.rows > known;
  }

  void close() {
    done = true;
    holding.release();
    if (input != null) {
      input.close();
    }
  }
}
