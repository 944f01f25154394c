// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Variable;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What follows for a condition from the NULLs of its columns. */
final class NullRejection {
  private NullRejection() {}

  /** Whether the condition is not TRUE when all of {@code nulls} are NULL; false if in doubt. */
  static boolean rejects(Expression condition, Collection<Variable> nulls) {
    return switch (condition) {
      case Expression.And and -> and.operands().stream().anyMatch(e -> rejects(e, nulls));
      case Expression.Or or -> or.operands().stream().allMatch(e -> rejects(e, nulls));
      case Expression.Not not when not.operand() instanceof Expression.IsNull test ->
          isNull(test.operand(), nulls);
      case Expression.Compare compare when compare.comparison() == Comparison.NOT_DISTINCT_FROM ->
          isNull(compare.left(), nulls) && isValue(compare.right())
              || isNull(compare.right(), nulls) && isValue(compare.left());
      case Expression.AnySubquery any -> rejects(any.condition(), nulls);
      default -> isNull(condition, nulls);
    };
  }

  private static boolean isValue(Expression expression) {
    return expression instanceof Expression.Literal literal && !literal.value().equals(Value.NULL);
  }

  /** Whether the expression is NULL when all of {@code nulls} are; false if in doubt. */
  static boolean isNull(Expression expression, Collection<Variable> nulls) {
    return switch (expression) {
      case Expression.Reference reference -> nulls.contains(reference.variable());
      case Expression.Literal literal -> literal.value().equals(Value.NULL);
      case Expression.Cast cast -> isNull(cast.operand(), nulls);
      case Expression.Not not -> isNull(not.operand(), nulls);
      case Expression.In in -> isNull(in.operand(), nulls);
      case Expression.Call call -> call.function().operator() && anyNull(call.arguments(), nulls);
      case Expression.Compare compare ->
          compare.comparison() != Comparison.DISTINCT_FROM
              && compare.comparison() != Comparison.NOT_DISTINCT_FROM
              && anyNull(List.of(compare.left(), compare.right()), nulls);
      default -> false;
    };
  }

  private static boolean anyNull(List<Expression> operands, Collection<Variable> nulls) {
    return operands.stream().anyMatch(operand -> isNull(operand, nulls));
  }

  /** Whether {@code expression} has a value wherever the columns of {@code values} have one. */
  static boolean hasValue(Expression expression, Set<Variable> values) {
    return switch (expression) {
      case Expression.Reference reference -> values.contains(reference.variable());
      case Expression.Literal literal -> !literal.value().equals(Value.NULL);
      case Expression.Cast cast -> hasValue(cast.operand(), values);
      case Expression.Compare compare ->
          hasValue(compare.left(), values) && hasValue(compare.right(), values);
      case Expression.And and ->
          Expressions.operands(and).stream().allMatch(e -> hasValue(e, values));
      case Expression.Or or -> Expressions.operands(or).stream().allMatch(e -> hasValue(e, values));
      default -> false;
    };
  }
}
