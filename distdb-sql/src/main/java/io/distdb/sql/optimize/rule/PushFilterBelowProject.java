// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Filters before projecting, for the conjuncts that read columns which the projection only passes
 * on or renames, or constants; a computed column is not computed twice.
 *
 * <pre>
 * Filter (y = 1)              Project (y := x)
 *   Project (y := x)    =>      Filter (x = 1)
 *     input                       input
 * </pre>
 */
public final class PushFilterBelowProject implements Rule {
  private static boolean isPassed(Expression expression) {
    return expression instanceof Expression.Reference
        || expression instanceof Expression.Literal
        || expression instanceof Expression.Parameter
        || expression instanceof Expression.Correlation;
  }

  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)
        || !(filter.input() instanceof Relation.Project project)) {
      return relation;
    }
    Map<Variable, Expression> passed = new HashMap<>();
    for (Relation.Assignment assignment : project.assignments()) {
      if (isPassed(assignment.expression())) {
        passed.put(assignment.variable(), assignment.expression());
      }
    }
    List<Expression> below = new ArrayList<>();
    List<Expression> above = new ArrayList<>();
    Set<Variable> computed = new HashSet<>(project.output());
    computed.removeAll(passed.keySet());
    for (Expression conjunct : Expressions.conjuncts(filter.predicate())) {
      if (Collections.disjoint(Expressions.references(conjunct), computed)) {
        below.add(Expressions.substitute(conjunct, passed));
      } else {
        above.add(conjunct);
      }
    }
    if (below.isEmpty()) {
      return relation;
    }
    Relation pushed =
        new Relation.Project(
            new Relation.Filter(project.input(), Expressions.conjunction(below).orElseThrow()),
            project.assignments());
    return Expressions.conjunction(above)
        .<Relation>map(rest -> new Relation.Filter(pushed, rest))
        .orElse(pushed);
  }
}
