// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
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
