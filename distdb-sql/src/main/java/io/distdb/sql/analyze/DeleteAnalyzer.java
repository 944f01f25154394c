// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.access.Privilege;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.JoinedTarget;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Expression;
import java.util.List;
import java.util.Optional;

/** DELETE from one table, perhaps joined with others. */
final class DeleteAnalyzer {
  private final StatementContext context;

  DeleteAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement.Delete analyze(DataStatement.Delete delete) {
    Table table = Tables.require(delete.table(), context);
    String alias = delete.alias().map(Name::text).orElse(table.name());
    context.demands().write(Privilege.DELETE, table, List.of());
    ScopeTable target = Tables.bind(table, alias, List.of(), context);
    JoinedTables joined = JoinedTables.of(context, target, delete.using());
    Optional<Expression> predicate = UpdateAnalyzer.where(context, joined.scope(), delete.where());
    Optional<Returning> returning =
        ReturningClause.analyze(context, joined.scope(), delete.returning());
    Optional<JoinedTarget> using = joined.target(predicate, List.of(), returning);
    return new BoundStatement.Delete(Tables.scan(target), using, predicate, returning);
  }
}
