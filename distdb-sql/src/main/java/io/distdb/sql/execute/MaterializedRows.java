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
  private final RowList rows;
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
    rows = new RowList(columns, "table of WITH", execution.memory());
  }

  @Override
  public RowList rows() {
    return rows;
  }

  @Override
  public boolean fetch(long known) {
    while (rows.rows() <= known && !done) {
      execution.cancellation().check();
      if (input == null) {
        input = factory.open(execution);
      }
      Batch batch = input.next();
      if (batch == null) {
        done = true;
        input.close();
      } else {
        rows.append(mapping.apply(batch));
      }
    }
    return rows.rows() > known;
  }

  void close() {
    done = true;
    rows.close();
    if (input != null) {
      input.close();
    }
  }
}
