// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import java.util.Optional;

/** LIMIT, OFFSET, FETCH: numbers of rows, known before the first row is read. */
final class LimitClause {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;

  LimitClause(StatementContext context, Optional<Scope.Outer> outer) {
    this.context = context;
    this.outer = outer;
  }

  Relation apply(Relation input, Query query) {
    if (query.limit().isEmpty() && query.offset().isEmpty()) {
      return input;
    }
    Optional<Expression> limit = query.limit().map(expr -> rows(expr, "LIMIT"));
    Optional<Expression> offset = query.offset().map(expr -> rows(expr, "OFFSET"));
    return new Relation.Limit(input, limit, offset);
  }

  private Expression rows(Expr expr, String clause) {
    if (expr instanceof Expr.Column) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              "argument of " + clause + " must not contain variables")
          .at(expr.span().position());
    }
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(
            context, Scope.EMPTY.within(outer), AggregateCollector.forbiddenIn(context, clause));
    Operand operand = expressions.operand(expr);
    return expressions
        .coercion()
        .convert(operand, SqlType.BIGINT, CastStrength.ASSIGNMENT)
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument of "
                        + clause
                        + " must be type bigint, not type "
                        + operand.typeName())
                .at(expr.span().position()));
  }
}
