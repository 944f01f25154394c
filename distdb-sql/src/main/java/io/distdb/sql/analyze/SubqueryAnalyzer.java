// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Subqueries;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Queries within expressions. They see the names of the clause they are in; what they take from
 * there stays a reference to a variable of the query around.
 *
 * <p>{@code x op ALL (q)} is {@code NOT (x not-op ANY (q))}, which holds for NULLs too.
 */
final class SubqueryAnalyzer {
  private final ExpressionAnalyzer expressions;
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;
  private final RowAnalyzer rows;

  SubqueryAnalyzer(ExpressionAnalyzer expressions, StatementContext context, Scope.Outer outer) {
    this.expressions = expressions;
    this.context = context;
    this.outer = Optional.of(outer);
    this.rows = expressions.rows();
  }

  /** A query that several expressions share is analyzed once. */
  private Relation relation(Query query) {
    return context.shared(
        query,
        () ->
            context.withoutRecursion(
                "a subquery", () -> new QueryAnalyzer(context, outer).analyze(query).relation()));
  }

  Operand exists(Expr.Exists exists) {
    return ExpressionAnalyzer.typed(exists, Subqueries.exists(relation(exists.query())));
  }

  Operand scalar(Expr.ScalarSubquery subquery) {
    Relation relation = relation(subquery.query());
    if (relation.output().size() != 1) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "subquery must return only one column")
          .at(subquery.span().position());
    }
    return ExpressionAnalyzer.typed(subquery, Subqueries.scalar(relation, 0));
  }

  Operand array(Expr.ArraySubquery array) {
    Relation relation = relation(array.query());
    if (relation.output().size() != 1) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "subquery must return only one column")
          .at(array.span().position());
    }
    ArrayAnalyzer.requireNoRows(relation.output().getFirst().type());
    return ExpressionAnalyzer.typed(array, Subqueries.array(relation));
  }

  /**
   * @param place as the error calls it
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: there is a subquery in it
   */
  static Expression refuse(Expression expression, String place, SourceSpan span) {
    if (io.distdb.sql.logical.Expressions.hasSubquery(expression)) {
      throw new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, "cannot use subquery in " + place)
          .at(span.position());
    }
    return expression;
  }

  Operand field(Expr.SubqueryField field) {
    Relation relation = relation(field.query());
    checkWidth(relation, field.width(), field.span());
    return ExpressionAnalyzer.typed(field, Subqueries.scalar(relation, field.field()));
  }

  Operand in(Expr.InSubquery in) {
    Expression any = any(Comparison.EQUAL, in.operand(), in.query(), in.operatorSpan());
    return ExpressionAnalyzer.typed(in, in.negated() ? new Expression.Not(any) : any);
  }

  Operand quantified(Expr.Quantified quantified) {
    Optional<Comparison> comparison = OperatorAnalyzer.comparison(quantified.operator());
    if (comparison.isEmpty()) {
      return like(quantified);
    }
    SourceSpan span = quantified.operatorSpan();
    Expression result =
        quantified.all()
            ? new Expression.Not(
                any(negated(comparison.get()), quantified.operand(), quantified.query(), span))
            : any(comparison.get(), quantified.operand(), quantified.query(), span);
    return ExpressionAnalyzer.typed(quantified, result);
  }

  /** {@code x [NOT] LIKE ANY | ALL (query)}; the operators begin with {@code !} for NOT. */
  private Operand like(Expr.Quantified quantified) {
    boolean negated = quantified.operator().startsWith("!");
    String operator = negated ? quantified.operator().substring(1) : quantified.operator();
    SourceSpan span = quantified.operatorSpan();
    Operand left = expressions.operand(quantified.operand());
    Relation relation = relation(quantified.query());
    checkWidth(relation, 1, span);
    Operand right = new Operand.Typed(span, new Expression.Reference(relation.output().getFirst()));
    Expression match = expressions.operators().call(operator, List.of(left, right), span);
    if (match.type() != SqlType.BOOLEAN) {
      throw new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires operator to yield boolean")
          .at(span.position());
    }
    boolean all = quantified.all();
    Expression any = Subqueries.any(relation, negated == all ? match : new Expression.Not(match));
    return ExpressionAnalyzer.typed(quantified, all ? new Expression.Not(any) : any);
  }

  private static Comparison negated(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> Comparison.NOT_EQUAL;
      case NOT_EQUAL -> Comparison.EQUAL;
      case LESS -> Comparison.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> Comparison.GREATER;
      case GREATER -> Comparison.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Comparison.LESS;
      case DISTINCT_FROM -> Comparison.NOT_DISTINCT_FROM;
      case NOT_DISTINCT_FROM -> Comparison.DISTINCT_FROM;
    };
  }

  private Expression any(Comparison comparison, Expr operand, Query query, SourceSpan span) {
    List<Operand> left = expressions.operands(RowAnalyzer.fields(operand));
    Relation relation = relation(query);
    checkWidth(relation, left.size(), span);
    List<Operand> right = new ArrayList<>(left.size());
    for (Variable variable : relation.output()) {
      right.add(new Operand.Typed(span, new Expression.Reference(variable)));
    }
    return Subqueries.any(relation, rows.compare(comparison, left, right, span));
  }

  private static void checkWidth(Relation relation, int width, SourceSpan span) {
    int columns = relation.output().size();
    if (columns != width) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR,
              columns > width ? "subquery has too many columns" : "subquery has too few columns")
          .at(span.position());
    }
  }
}
