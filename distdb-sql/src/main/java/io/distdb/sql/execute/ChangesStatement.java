// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes and queries that WITH names, then a query or a change (PostgreSQL's documentation,
 * chapter 7.8.4).
 *
 * <p>Design: a query runs as far as it is read; a change runs to its end when it is first read, or
 * after the statement, the last one first, and what it returns is kept. While they run, reads do
 * not see what this statement writes, which the transaction sees to; locks do, so that a row
 * changed by one is passed over by the next. Foreign keys are followed and checked when all is
 * written. Rows are all here before the first is given out.
 */
final class ChangesStatement implements Executable.Change {
  /** One name of WITH. */
  sealed interface Step {
    int id();
  }

  record ChangeStep(int id, Executable.Change change, List<Variable> columns) implements Step {}

  record QueryStep(int id, OperatorFactory query, ColumnMapping mapping, List<Variable> columns)
      implements Step {}

  /** A change that runs when what it returns is first read, or else at the end. */
  private static final class Changed implements SharedRows {
    private final ChangeStep step;
    private final Execution execution;
    private final RowList rows;
    private boolean done;

    Changed(ChangeStep step, Execution execution) {
      this.step = step;
      this.execution = execution;
      rows = new RowList(step.columns, "table of WITH", execution.memory());
    }

    @Override
    public RowList rows() {
      return rows;
    }

    @Override
    public boolean fetch(long known) {
      run();
      return rows.rows() > known;
    }

    void run() {
      if (done) {
        return;
      }
      done = true;
      ReturnedRows returned = step.change.returnsRows() ? new ReturnedRows() : null;
      try {
        step.change.run(execution, returned);
        if (returned != null) {
          returned.appendTo(rows);
        }
      } finally {
        if (returned != null) {
          returned.close();
        }
      }
    }
  }

  /** The statement after WITH when it is a query. */
  private record Select(OperatorFactory query, List<TableId> tables) implements Executable.Change {
    @Override
    public String tag() {
      return "SELECT";
    }

    @Override
    public boolean returnsRows() {
      return true;
    }

    @Override
    public long run(Execution execution, ReturnedRows returned) {
      QueryMemory memory = execution.memory();
      QueryMemory.Holding holding = memory.spillable("result");
      Operator rows = query.open(execution);
      long count = 0;
      try {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
          returned.add(batch.columns, batch, memory, holding);
          count += batch.count;
        }
      } finally {
        rows.close();
      }
      return count;
    }
  }

  private final List<Step> steps;
  private final Executable.Change main;
  private final List<TableId> tables;

  /**
   * @param tables those that any of it reads or writes
   */
  ChangesStatement(List<Step> steps, Executable.Change main, List<TableId> tables) {
    this.steps = List.copyOf(steps);
    this.main = main;
    this.tables = tables;
  }

  static Executable.Change select(OperatorFactory query, List<TableId> tables) {
    return new Select(query, tables);
  }

  @Override
  public List<TableId> tables() {
    return tables;
  }

  @Override
  public String tag() {
    return main.tag();
  }

  @Override
  public boolean returnsRows() {
    return main.returnsRows();
  }

  @Override
  public long run(Execution execution, ReturnedRows returned) {
    StatementEnd end = new StatementEnd();
    List<MaterializedRows> open = new ArrayList<>();
    List<Changed> changes = new ArrayList<>();
    long count;
    execution.transaction().hideWrites();
    try {
      Execution inner = execution.within(end);
      for (Step step : steps) {
        SharedRows rows =
            switch (step) {
              case QueryStep query -> materialized(query, inner, open);
              case ChangeStep change -> changed(change, inner, changes);
            };
        inner = inner.with(inner.commonTables().and(step.id(), rows));
      }
      count = main.run(inner, returned);
      changes.reversed().forEach(Changed::run);
    } finally {
      open.forEach(MaterializedRows::close);
      changes.forEach(change -> change.rows.close());
      execution.transaction().showWrites();
    }
    end.finish();
    return count;
  }

  private static SharedRows materialized(
      QueryStep step, Execution execution, List<MaterializedRows> open) {
    MaterializedRows rows =
        new MaterializedRows(step.query, step.mapping.fresh(), step.columns, execution);
    open.add(rows);
    return rows;
  }

  private static SharedRows changed(ChangeStep step, Execution execution, List<Changed> changes) {
    Changed change = new Changed(step, execution);
    changes.add(change);
    return change;
  }
}
