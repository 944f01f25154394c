// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** UPDATE of one table. */
final class UpdateAnalyzer {
  private final StatementContext context;

  UpdateAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement.Update analyze(DataStatement.Update update) {
    Table table = Tables.require(update.table(), context);
    String alias = update.alias().map(Name::text).orElse(table.name());
    ScopeTable target = Tables.bind(table, alias, List.of(), context);
    Scope scope = Scope.of(target);
    ExpressionAnalyzer values =
        new ExpressionAnalyzer(context, scope, AggregateCollector.forbiddenIn(context, "UPDATE"));
    ColumnAssignment assignment = new ColumnAssignment(values.coercion());
    List<BoundStatement.ColumnUpdate> updates = new ArrayList<>(update.items().size());
    for (DataStatement.SetItem item : update.items()) {
      int ordinal = ordinal(table, item.column(), updates);
      TableColumn column = table.columns().get(ordinal);
      Expression value =
          item.value() instanceof Expr.Default
              ? ColumnDefaults.of(column, context)
              : assignment.convert(values.operand(item.value()), column);
      updates.add(new BoundStatement.ColumnUpdate(ordinal, value));
    }
    Optional<Expression> predicate = where(context, scope, update.where());
    return new BoundStatement.Update(Tables.scan(target), predicate, updates);
  }

  private static int ordinal(Table table, Name column, List<BoundStatement.ColumnUpdate> updates) {
    int ordinal = Tables.requireColumn(table, column);
    if (updates.stream().anyMatch(update -> update.ordinal() == ordinal)) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "multiple assignments to same column \"" + column + "\"")
          .at(column.span().position());
    }
    return ordinal;
  }

  static Optional<Expression> where(
      StatementContext context, Scope scope, Optional<Expr> condition) {
    return condition.map(expr ->
        new ExpressionAnalyzer(context, scope, AggregateCollector.forbiddenIn(context, "WHERE"))
            .condition(expr, "WHERE"));
  }
}
