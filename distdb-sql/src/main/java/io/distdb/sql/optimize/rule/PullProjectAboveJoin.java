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
import java.util.Optional;

/**
 * Merges a simple subquery of FROM into its parent: a projection that only drops or renames columns
 * goes above the join, so that what is below it can be ordered and joined with the rest.
 *
 * <pre>
 * Join (x = c)                       Project (x := a, c := c)
 *   Project (x := a)                   Join (a = c)
 *     input (a, b)             =>        input (a, b)
 *   other (c)                            other (c)
 * </pre>
 */
public final class PullProjectAboveJoin implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Join join)) {
      return relation;
    }
    Map<Variable, Expression> renamed = new HashMap<>();
    Relation left = below(join.left(), renamed);
    Relation right = below(join.right(), renamed);
    if (left == join.left() && right == join.right()) {
      return join;
    }
    Optional<Expression> condition = join.condition().map(e -> Expressions.substitute(e, renamed));
    Relation joined = new Relation.Join(join.kind(), left, right, condition);
    List<Relation.Assignment> assignments = new ArrayList<>();
    for (Variable variable : join.output()) {
      Expression expression = renamed.get(variable);
      assignments.add(
          new Relation.Assignment(
              variable, expression == null ? new Expression.Reference(variable) : expression));
    }
    return new Relation.Project(joined, assignments);
  }

  /** What is below the projection, if it is a simple one. */
  private static Relation below(Relation side, Map<Variable, Expression> renamed) {
    if (!(side instanceof Relation.Project project) || !Projects.onlyRenames(project)) {
      return side;
    }
    for (Relation.Assignment assignment : project.assignments()) {
      if (!project.input().output().contains(reference(assignment))) {
        return side;
      }
    }
    project.assignments().forEach(a -> renamed.put(a.variable(), a.expression()));
    return project.input();
  }

  private static Variable reference(Relation.Assignment assignment) {
    return ((Expression.Reference) assignment.expression()).variable();
  }
}
