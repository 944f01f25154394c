// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import java.util.List;

/**
 * Reads one row by its whole primary key and shows columns of it as they are stored: no batch, no
 * copy. Everything else about a point query (an expression, a further condition) takes the way of
 * {@link OperatorQuery}, which costs a few hundred nanoseconds more.
 */
final class PointQuery implements Executable.Query {
  private final TableCodec table;
  private final AccessProgram access;
  private final int[] ordinals;
  private final List<TableId> tables;

  /**
   * @param access a get of one key
   * @param ordinals columns of the result
   */
  PointQuery(TableCodec table, AccessProgram access, int[] ordinals) {
    this.table = table;
    this.access = access;
    this.ordinals = ordinals;
    tables = List.of(table.table.id());
  }

  @Override
  public List<TableId> tables() {
    return tables;
  }

  @Override
  public boolean isPoint() {
    return true;
  }

  @Override
  public RowSource open(Execution execution) {
    Bytes[] keys = access.constantKeys(execution);
    Bytes row = keys.length == 0 ? null : execution.transaction().get(table.table.rows(), keys[0]);
    return new StoredRow(table.layout, ordinals, table.complete(row));
  }
}
