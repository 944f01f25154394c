// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.PlanExpressions;
import io.distdb.sql.plan.StatementPlan;
import java.util.List;
import java.util.Optional;

/** Inserts the rows of a source; what is there already is skipped or updated when it says so. */
final class InsertChange implements Executable.Change {
  private final TableCodec table;
  private final OperatorFactory source;
  private final List<TableId> tables;
  private final ConflictProgram conflict;
  private final ReturningProgram returning;

  /** Rows of constants that read no table: what they insert need not be there for the next ones. */
  private final boolean constant;

  /** So few rows of constants that they are written one by one. */
  private final boolean few;

  /**
   * What the runs of one session work with, one at a time: only a source of few constant rows can
   * begin again, any other is opened anew.
   */
  private record Run(ValuesOperator values, TableWriter writer, ConflictProgram.Run conflict) {}

  /**
   * @param tables those that are read or written
   */
  InsertChange(
      StatementPlan.Insert plan, TableCodec table, OperatorFactory source, List<TableId> tables) {
    this.table = table;
    this.source = source;
    this.tables = tables;
    constant =
        plan.source() instanceof PhysicalPlan.Values && PlanExpressions.subplans(plan).isEmpty();
    few = plan.source() instanceof PhysicalPlan.Values v && v.rows().size() <= KeptRuns.ROWS_MAX;
    conflict =
        plan.conflict()
            .map(clause -> new ConflictProgram(clause, plan.target(), table))
            .orElse(null);
    returning =
        plan.returning().map(list -> new ReturningProgram(list, plan.target())).orElse(null);
  }

  @Override
  public List<TableId> tables() {
    return tables;
  }

  @Override
  public String tag() {
    return "INSERT";
  }

  @Override
  public boolean returnsRows() {
    return returning != null;
  }

  @Override
  public long run(Execution execution, ReturnedRows returned) {
    if (conflict == null && !few) {
      return loadAll(execution, returned);
    }
    Run kept = (Run) execution.kept().take(this);
    TableWriter writer = kept == null ? new TableWriter(table) : kept.writer();
    Operator rows = kept == null ? source.open(execution) : kept.values().begin(execution);
    writer.begin(execution);
    ReturningProgram.Run emitted = returning == null ? null : returning.begin(execution, returned);
    ConflictProgram.Run conflicts = null;
    long count = 0;
    try {
      if (conflict == null) {
        count = insert(rows, writer, emitted);
      } else {
        conflicts = kept == null ? conflict.newRun(writer) : kept.conflict();
        count = conflicts.begin(execution).insert(rows, Optional.ofNullable(emitted));
      }
      writer.end();
    } finally {
      rows.close();
    }
    if (rows instanceof ValuesOperator values && values.release()) {
      writer.release();
      if (conflicts == null || conflicts.release()) {
        execution.kept().keep(this, kept == null ? new Run(values, writer, conflicts) : kept);
      }
    }
    return count;
  }

  private long loadAll(Execution execution, ReturnedRows returned) {
    ReturningProgram.Run emitted = returning == null ? null : returning.begin(execution, returned);
    TableLoad load = new TableLoad(table, execution, null);
    Operator rows = source.open(execution);
    long count = 0;
    try {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        if (emitted != null) {
          emitted.add(batch);
        }
        for (int n = 0; n < batch.count; n++) {
          load.add(batch.columns, batch.position(n), 0);
        }
        count += batch.count;
      }
    } catch (DistDbException failure) {
      throw load.earliest(failure);
    } finally {
      rows.close();
    }
    load.finish();
    return count;
  }

  @Override
  public long runEach(Iterable<Execution> executions) {
    if (!constant || conflict != null) {
      return Executable.Change.super.runEach(executions);
    }
    ValuesOperator rows = null;
    TableLoad load = null;
    long count = 0;
    for (Execution execution : executions) {
      if (rows == null) {
        rows = (ValuesOperator) source.open(execution);
        load = new TableLoad(table, execution, null);
      } else {
        rows.begin(execution);
      }
      try {
        count += load(rows, load);
      } catch (DistDbException failure) {
        throw load.earliest(failure);
      }
    }
    if (load != null) {
      load.finish();
    }
    return count;
  }

  private static long load(Operator rows, TableLoad load) {
    long count = 0;
    for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
      for (int n = 0; n < batch.count; n++) {
        load.add(batch.columns, batch.position(n), 0);
      }
      count += batch.count;
    }
    return count;
  }

  private static long insert(Operator rows, TableWriter writer, ReturningProgram.Run emitted) {
    long count = 0;
    for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
      if (emitted != null) {
        emitted.add(batch);
      }
      for (int n = 0; n < batch.count; n++) {
        writer.insert(batch.columns, batch.position(n));
      }
      count += batch.count;
    }
    return count;
  }
}
