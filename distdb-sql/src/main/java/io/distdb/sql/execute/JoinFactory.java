// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Joins of any type over partners found in any way. */
final class JoinFactory {
  private JoinFactory() {}

  /**
   * @param condition over both sides
   */
  static OperatorFactory of(
      JoinType type,
      OperatorFactory outer,
      List<Variable> outerOutput,
      List<Variable> innerOutput,
      Function<Execution, Partners> partners,
      Optional<Expression> condition) {
    List<Variable> layout = new ArrayList<>(outerOutput);
    int width = layout.size();
    layout.addAll(innerOutput);
    if (type == JoinType.INNER) {
      return PlanCompiler.filter(
          execution ->
              new JoinOperator(
                  outer.open(execution), partners.apply(execution), layout, width, execution),
          layout,
          condition);
    }
    Program program =
        condition.map(e -> ExpressionCompiler.compile(layout, List.of(e))).orElse(null);
    return execution ->
        new MatchOperator(
            type,
            outer.open(execution),
            partners.apply(execution),
            layout,
            width,
            program,
            execution);
  }
}
