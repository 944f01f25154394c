// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import java.util.List;
import java.util.Optional;

/** LIMIT, OFFSET, FETCH: numbers of rows, known before the first row is read. */
final class LimitClause {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;

  LimitClause(StatementContext context, Optional<Scope.Outer> outer) {
    this.context = context;
    this.outer = outer;
  }

  /**
   * @param order of the input, for WITH TIES
   */
  Relation apply(Relation input, Query query, List<Relation.SortKey> order) {
    if (query.limit().isEmpty() && query.offset().isEmpty()) {
      return input;
    }
    Optional<Expression> limit = query.limit().map(expr -> rows(expr, "LIMIT"));
    Optional<Expression> offset = query.offset().map(expr -> rows(expr, "OFFSET"));
    if (query.withTies()) {
      checkTies(query, order);
      return new Relation.Limit(input, limit, offset, order);
    }
    return new Relation.Limit(input, limit, offset);
  }

  private static void checkTies(Query query, List<Relation.SortKey> order) {
    if (order.isEmpty()) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "WITH TIES cannot be specified without ORDER BY clause")
          .at(query.span().position());
    }
    if (query.locking().stream().anyMatch(locking -> locking.policy() == WaitPolicy.SKIP)) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "SKIP LOCKED and WITH TIES options cannot be used together")
          .at(query.span().position());
    }
  }

  /** A number of rows that {@code clause} asks for, as BIGINT. */
  Expression rows(Expr expr, String clause) {
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
