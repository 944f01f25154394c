// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.access.Privilege;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.BoundStatement.JoinedTarget;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** UPDATE of one table, perhaps joined with others. */
final class UpdateAnalyzer {
  private final StatementContext context;

  UpdateAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement.Update analyze(DataStatement.Update update) {
    Table table = Tables.require(update.table(), context);
    String alias = update.alias().map(Name::text).orElse(table.name());
    ScopeTable target = Tables.bind(table, alias, List.of(), context);
    JoinedTables joined = JoinedTables.of(context, target, update.from());
    List<ColumnUpdate> updates =
        new SetClause(context, joined.scope()).analyze(table, update.items());
    context
        .demands()
        .write(Privilege.UPDATE, table, updates.stream().map(ColumnUpdate::ordinal).toList());
    Optional<Expression> predicate = where(context, joined.scope(), update.where());
    Optional<Returning> returning =
        ReturningClause.analyze(context, joined.scope(), update.returning());
    List<Expression> read = new ArrayList<>();
    updates.forEach(item -> read.add(item.value()));
    Optional<JoinedTarget> from = joined.target(predicate, read, returning);
    return new BoundStatement.Update(Tables.scan(target), from, predicate, updates, returning);
  }

  static Optional<Expression> where(
      StatementContext context, Scope scope, Optional<Expr> condition) {
    return condition.map(expr ->
        new ExpressionAnalyzer(context, scope, AggregateCollector.forbiddenIn(context, "WHERE"))
            .condition(expr, "WHERE"));
  }
}
