// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Questions about finished expressions. */
final class Expressions {
  private Expressions() {}

  static boolean refersToAny(Expression expression, Set<Variable> variables) {
    return expression instanceof Expression.Reference reference
        ? variables.contains(reference.variable())
        : children(expression).stream().anyMatch(child -> refersToAny(child, variables));
  }

  static List<Expression> children(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> List.of();
      case Expression.Parameter parameter -> List.of();
      case Expression.Reference reference -> List.of();
      case Expression.Call call -> call.arguments();
      case Expression.Cast cast -> List.of(cast.operand());
      case Expression.Compare compare -> List.of(compare.left(), compare.right());
      case Expression.And and -> and.operands();
      case Expression.Or or -> or.operands();
      case Expression.Not not -> List.of(not.operand());
      case Expression.IsNull test -> List.of(test.operand());
      case Expression.In in -> {
        List<Expression> all = new ArrayList<>(in.items());
        all.add(in.operand());
        yield all;
      }
      case Expression.Case choice -> {
        List<Expression> all = new ArrayList<>();
        choice
            .whens()
            .forEach(when -> {
              all.add(when.condition());
              all.add(when.result());
            });
        choice.otherwise().ifPresent(all::add);
        yield all;
      }
      case Expression.Coalesce coalesce -> coalesce.arguments();
      case Expression.Subquery subquery ->
          subquery.outer().stream().<Expression>map(Expression.Reference::new).toList();
      case Expression.Correlation correlation -> List.of();
      case Expression.Subplan subplan -> subplan.arguments();
    };
  }
}
