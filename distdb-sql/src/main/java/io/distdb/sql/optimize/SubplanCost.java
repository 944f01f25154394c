// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.plan.Subplan;
import java.util.List;

/** What the subplans of expressions cost, which no operator below accounts for. */
final class SubplanCost {
  private SubplanCost() {}

  /**
   * @param rows how often the expressions are evaluated
   */
  static double of(List<Expression> expressions, double rows) {
    double cost = 0;
    for (Expression expression : expressions) {
      cost += of(expression, rows);
    }
    return cost;
  }

  private static double of(Expression expression, double rows) {
    double cost = of(Expressions.operands(expression), rows);
    if (expression instanceof Expression.Subplan subplan
        && subplan.plan() instanceof Subplan planned) {
      boolean once = planned.slots().isEmpty() && planned.inherited().isEmpty();
      cost += planned.plan().estimate().cost() * (once ? 1 : Math.max(1, rows));
    }
    return cost;
  }
}
