// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one projection of two, unless that would compute something twice, or not at all what may
 * have effects.
 *
 * <pre>
 * Project (z := y + 1)             Project (z := a * 2 + 1)
 *   Project (y := a * 2)     =>      input (a)
 *     input (a)
 * </pre>
 */
public final class MergeProjects implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Project outer)
        || !(outer.input() instanceof Relation.Project inner)) {
      return relation;
    }
    Map<Variable, Expression> computed = new HashMap<>();
    inner.assignments().forEach(a -> computed.put(a.variable(), a.expression()));
    Map<Variable, Integer> uses = new HashMap<>();
    outer.assignments().forEach(a -> count(a.expression(), uses));
    for (Relation.Assignment assignment : inner.assignments()) {
      int count = uses.getOrDefault(assignment.variable(), 0);
      Expression expression = assignment.expression();
      if (count > 1 && !isCheap(expression) || count == 0 && Expressions.isVolatile(expression)) {
        return relation;
      }
    }
    List<Relation.Assignment> merged = new ArrayList<>(outer.assignments().size());
    for (Relation.Assignment assignment : outer.assignments()) {
      merged.add(
          new Relation.Assignment(
              assignment.variable(), Expressions.substitute(assignment.expression(), computed)));
    }
    return new Relation.Project(inner.input(), merged);
  }

  /** A subquery may ask for its variables any number of times. */
  private static void count(Expression expression, Map<Variable, Integer> uses) {
    switch (expression) {
      case Expression.Reference reference -> uses.merge(reference.variable(), 1, Integer::sum);
      case Expression.Subquery subquery ->
          subquery.outer().forEach(variable -> uses.merge(variable, 2, Integer::sum));
      default -> Expressions.operands(expression).forEach(operand -> count(operand, uses));
    }
  }

  private static boolean isCheap(Expression expression) {
    return expression instanceof Expression.Reference
        || expression instanceof Expression.Literal
        || expression instanceof Expression.Parameter
        || expression instanceof Expression.Correlation;
  }
}
