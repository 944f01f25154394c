// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;

/** DELETE from one table. */
final class DeleteAnalyzer {
  private final StatementContext context;

  DeleteAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement.Delete analyze(DataStatement.Delete delete) {
    Table table = Tables.require(delete.table(), context);
    String alias = delete.alias().map(Name::text).orElse(table.name());
    ScopeTable target = Tables.bind(table, alias, List.of(), context);
    return new BoundStatement.Delete(
        Tables.scan(target), UpdateAnalyzer.where(context, Scope.of(target), delete.where()));
  }
}
