// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import java.util.List;

/**
 * Any query: a tree of operators.
 *
 * @param locksTables whether it locks rows
 */
record OperatorQuery(OperatorFactory root, List<TableId> tables, boolean locksTables)
    implements Executable.Query {
  @Override
  public boolean isPoint() {
    return false;
  }

  @Override
  public RowSource open(Execution execution) {
    return new BatchRows(root.open(execution));
  }
}
