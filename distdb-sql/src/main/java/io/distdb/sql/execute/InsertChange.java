// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import java.util.List;

/** Inserts the rows of a source. */
record InsertChange(TableCodec table, OperatorFactory source, List<TableId> tables)
    implements Executable.Change {
  /**
   * What the runs of one session work with, one at a time: only a source of few constant rows can
   * begin again, any other is opened anew.
   */
  private record Run(ValuesOperator values, TableWriter writer) {}

  @Override
  public String tag() {
    return "INSERT";
  }

  @Override
  public long run(Execution execution) {
    Run kept = (Run) execution.kept().take(this);
    TableWriter writer = kept == null ? new TableWriter(table) : kept.writer();
    Operator rows = kept == null ? source.open(execution) : kept.values().begin(execution);
    writer.begin(execution);
    long count = 0;
    try {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (int n = 0; n < batch.count; n++) {
          writer.insert(batch.columns, batch.position(n));
        }
        count += batch.count;
      }
    } finally {
      rows.close();
    }
    if (rows instanceof ValuesOperator values && values.release()) {
      writer.release();
      execution.kept().keep(this, kept == null ? new Run(values, writer) : kept);
    }
    return count;
  }
}
