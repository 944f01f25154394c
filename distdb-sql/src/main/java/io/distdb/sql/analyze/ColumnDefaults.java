// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.parse.SqlParser;

/** What columns have where no value is given. */
final class ColumnDefaults {
  private ColumnDefaults() {}

  /** The default of {@code column}, of its type; a NULL literal when it has none. */
  static Expression of(TableColumn column, StatementContext context) {
    return column
        .defaultText()
        .map(text -> analyze(SqlParser.parseExpression(text), column, context))
        .orElseGet(() -> new Expression.Literal(Value.NULL, column.type()));
  }

  /**
   * @throws io.distdb.api.error.DistDbException the expression refers to columns, or is of a type
   *     that the column does not take
   */
  static Expression analyze(Expr value, TableColumn column, StatementContext context) {
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(
            context, Scope.EMPTY, AggregateCollector.forbiddenIn(context, "DEFAULT expressions"));
    Expression analyzed =
        new ColumnAssignment(expressions.coercion())
            .defaultValue(expressions.operand(value), column);
    return StoredExpressions.checked(analyzed, "DEFAULT expression", value.span());
  }
}
