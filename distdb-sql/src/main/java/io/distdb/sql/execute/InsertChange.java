// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import java.util.List;

/** Inserts the rows of a source. */
record InsertChange(TableCodec table, OperatorFactory source, List<TableId> tables)
    implements Executable.Change {
  @Override
  public String tag() {
    return "INSERT";
  }

  @Override
  public long run(Execution execution) {
    TableWriter writer = new TableWriter(table, execution);
    Operator rows = source.open(execution);
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
    return count;
  }
}
