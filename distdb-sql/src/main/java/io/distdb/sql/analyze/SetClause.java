// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;

/** SET of UPDATE and of ON CONFLICT DO UPDATE. */
final class SetClause {
  private final ExpressionAnalyzer values;
  private final ColumnAssignment assignment;
  private final StatementContext context;

  /**
   * @param scope what new values may refer to
   */
  SetClause(StatementContext context, Scope scope) {
    this.context = context;
    values =
        new ExpressionAnalyzer(context, scope, AggregateCollector.forbiddenIn(context, "UPDATE"));
    assignment = new ColumnAssignment(values.coercion());
  }

  List<ColumnUpdate> analyze(Table table, List<DataStatement.SetItem> items) {
    List<ColumnUpdate> updates = new ArrayList<>(items.size());
    for (DataStatement.SetItem item : items) {
      int ordinal = ordinal(table, item.column(), updates);
      TableColumn column = table.columns().get(ordinal);
      if (!(item.value() instanceof Expr.Default)) {
        IdentityColumns.refuseUpdate(column, item.column().span());
      }
      Expression value =
          item.value() instanceof Expr.Default
              ? ColumnDefaults.of(column, context)
              : assignment.convert(values.operand(item.value()), column);
      updates.add(new ColumnUpdate(ordinal, value));
    }
    return updates;
  }

  private static int ordinal(Table table, Name column, List<ColumnUpdate> updates) {
    int ordinal = Tables.requireColumn(table, column);
    if (updates.stream().anyMatch(update -> update.ordinal() == ordinal)) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "multiple assignments to same column \"" + column + "\"")
          .at(column.span().position());
    }
    return ordinal;
  }
}
