// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import java.util.ArrayList;
import java.util.List;

/**
 * Comparisons of rows that are written out (PostgreSQL documentation, chapter 9.24.5): they become
 * comparisons of their fields.
 */
final class RowAnalyzer {
  private final ExpressionAnalyzer expressions;

  RowAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  /** The fields of a row; a value that is no row is one field. */
  static List<Expr> fields(Expr expr) {
    return expr instanceof Expr.Row row ? row.fields() : List.of(expr);
  }

  static boolean isRow(Expr expr) {
    return expr instanceof Expr.Row;
  }

  /** A comparison of which at least one side is a row; the other may be a subquery. */
  Expression compare(Comparison comparison, Expr left, Expr right, SourceSpan span) {
    if (isRowValue(left) || isRowValue(right)) {
      return expressions
          .operators()
          .compare(comparison, expressions.operand(left), expressions.operand(right), span);
    }
    List<Operand> leftFields = operands(left, right);
    List<Operand> rightFields = operands(right, left);
    return compare(comparison, leftFields, rightFields, span);
  }

  /** Whether it is a row that is not written out. */
  private boolean isRowValue(Expr side) {
    return !(side instanceof Expr.Row)
        && !(side instanceof Expr.ScalarSubquery)
        && expressions.operand(side).type() instanceof RowType;
  }

  private List<Operand> operands(Expr side, Expr other) {
    if (side instanceof Expr.ScalarSubquery subquery) {
      int width = fields(other).size();
      List<Operand> fields = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        fields.add(
            expressions.operand(
                new Expr.SubqueryField(subquery.span(), subquery.query(), i, width)));
      }
      return fields;
    }
    return expressions.operands(fields(side));
  }

  /**
   * Fields from the left; the first pair that is unequal or has a NULL decides, so that the result
   * is that of the comparisons combined by AND and OR.
   *
   * @throws DistDbException {@code SYNTAX_ERROR}: unequal numbers of fields
   */
  Expression compare(
      Comparison comparison, List<Operand> left, List<Operand> right, SourceSpan span) {
    if (left.size() != right.size()) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "unequal number of entries in row expressions")
          .at(span.position());
    }
    if (left.isEmpty()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "cannot compare rows of zero length")
          .at(span.position());
    }
    return switch (comparison) {
      case EQUAL -> all(pairs(Comparison.EQUAL, left, right, span));
      case NOT_DISTINCT_FROM -> all(pairs(Comparison.NOT_DISTINCT_FROM, left, right, span));
      case NOT_EQUAL -> any(pairs(Comparison.NOT_EQUAL, left, right, span));
      case DISTINCT_FROM -> any(pairs(Comparison.DISTINCT_FROM, left, right, span));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(comparison, left, right, span);
    };
  }

  private List<Expression> pairs(
      Comparison comparison, List<Operand> left, List<Operand> right, SourceSpan span) {
    List<Expression> pairs = new ArrayList<>(left.size());
    for (int i = 0; i < left.size(); i++) {
      pairs.add(expressions.operators().compare(comparison, left.get(i), right.get(i), span));
    }
    return pairs;
  }

  /** {@code a < x OR (a = x AND b < y)}. */
  private Expression ordered(
      Comparison comparison, List<Operand> left, List<Operand> right, SourceSpan span) {
    Comparison strict =
        comparison == Comparison.LESS || comparison == Comparison.LESS_OR_EQUAL
            ? Comparison.LESS
            : Comparison.GREATER;
    int last = left.size() - 1;
    Expression result =
        expressions.operators().compare(comparison, left.get(last), right.get(last), span);
    for (int i = last - 1; i >= 0; i--) {
      Expression before = expressions.operators().compare(strict, left.get(i), right.get(i), span);
      Expression same =
          expressions.operators().compare(Comparison.EQUAL, left.get(i), right.get(i), span);
      result = any(List.of(before, all(List.of(same, result))));
    }
    return result;
  }

  /** {@code row IS NULL}: every field is; {@code IS NOT NULL}: no field is. */
  Expression isNull(Expr.Row row, boolean negated) {
    List<Expression> tests = new ArrayList<>();
    for (Expr field : row.fields()) {
      Expression test = new Expression.IsNull(expressions.settled(field));
      tests.add(negated ? new Expression.Not(test) : test);
    }
    return all(tests);
  }

  static Expression all(List<Expression> conditions) {
    return conditions.size() == 1 ? conditions.getFirst() : new Expression.And(conditions);
  }

  static Expression any(List<Expression> conditions) {
    return conditions.size() == 1 ? conditions.getFirst() : new Expression.Or(conditions);
  }
}
