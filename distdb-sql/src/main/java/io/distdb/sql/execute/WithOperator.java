// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.List;

/** Runs a query whose parts share tables of WITH. */
final class WithOperator implements Operator {
  /** What is compiled once: a table's plan, and which of its columns the table has. */
  record Table(
      int id,
      OperatorFactory plan,
      ColumnMapping mapping,
      List<io.distdb.sql.logical.Variable> columns) {}

  private final MaterializedRows[] tables;
  private final Operator body;

  WithOperator(List<Table> tables, OperatorFactory body, Execution execution) {
    this.tables = new MaterializedRows[tables.size()];
    Execution inner = execution;
    for (int i = 0; i < this.tables.length; i++) {
      Table table = tables.get(i);
      this.tables[i] =
          new MaterializedRows(table.plan, table.mapping.fresh(), table.columns, inner);
      inner = inner.with(inner.commonTables().and(table.id, this.tables[i]));
    }
    this.body = body.open(inner);
  }

  @Override
  public Batch next() {
    return body.next();
  }

  @Override
  public void close() {
    body.close();
    for (MaterializedRows table : tables) {
      table.close();
    }
  }
}
