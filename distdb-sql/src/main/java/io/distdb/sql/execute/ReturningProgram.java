// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** The compiled RETURNING of a change. Immutable. */
final class ReturningProgram {
  private final Program program;
  private final List<Variable> layout;
  private final Returning list;

  /**
   * @param layout what its expressions refer to
   */
  ReturningProgram(Returning list, List<Variable> layout) {
    this.list = list;
    this.layout = layout;
    program = ExpressionCompiler.compile(layout, list.columns());
  }

  /** Sets {@code needed[i]} for every variable of the layout's begin that it reads. */
  void markNeeded(boolean[] needed) {
    List<Variable> own = layout.subList(0, needed.length);
    list.columns().forEach(expression -> ReferencedColumns.mark(expression, own, needed));
  }

  Run begin(Execution execution, ReturnedRows rows) {
    return new Run(execution, rows);
  }

  /** One execution. */
  final class Run {
    private final Frame frame;
    private final ReturnedRows rows;
    private final QueryMemory memory;
    private final QueryMemory.Holding holding;
    private final Vector[] values = new Vector[program.size()];

    private Run(Execution execution, ReturnedRows rows) {
      frame = program.frame(execution);
      this.rows = rows;
      memory = execution.memory();
      holding = memory.spillable("RETURNING");
    }

    /** Adds the rows that {@code batch} gives. */
    void add(Batch batch) {
      for (int i = 0; i < values.length; i++) {
        values[i] = program.evaluate(i, frame, batch);
      }
      rows.add(values, batch, memory, holding);
    }
  }
}
