// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.BoundStatement.Returning;
import java.util.List;
import java.util.Optional;

/** RETURNING: a select list over the changed row. */
final class ReturningClause {
  private ReturningClause() {}

  static Optional<Returning> analyze(
      StatementContext context, Scope scope, List<Query.SelectItem> items) {
    if (items.isEmpty()) {
      return Optional.empty();
    }
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(
            context, scope, AggregateCollector.forbiddenIn(context, "RETURNING"));
    List<OutputColumn> columns =
        new SelectList(context, scope, expressions, false).analyze(items, List.of());
    return Optional.of(
        new Returning(
            columns.stream().map(OutputColumn::expression).toList(),
            columns.stream().map(OutputColumn::name).toList()));
  }
}
