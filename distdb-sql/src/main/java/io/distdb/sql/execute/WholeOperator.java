// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import java.util.List;

/**
 * Reads all of its input before it gives the first row: for INSERT … SELECT of the table that is
 * inserted into, which must not meet the new rows.
 */
final class WholeOperator implements Operator {
  private final Operator input;
  private final Execution execution;
  private final RowList rows;
  private RowList.Reader reader;

  WholeOperator(Operator input, List<Variable> output, Execution execution) {
    this.input = input;
    this.execution = execution;
    rows = new RowList(output, "source of the INSERT", execution.memory());
  }

  @Override
  public Batch next() {
    if (reader == null) {
      for (Batch some = input.next(); some != null; some = input.next()) {
        execution.cancellation().check();
        rows.append(some);
      }
      reader = rows.reader();
    }
    execution.cancellation().check();
    return reader.next();
  }

  @Override
  public void close() {
    input.close();
    rows.close();
  }
}
