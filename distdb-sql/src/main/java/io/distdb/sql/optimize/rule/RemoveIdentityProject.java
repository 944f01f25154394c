// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;

/**
 * Removes a projection that hands on the very columns of its input, in order.
 *
 * <pre>
 * Project (x := x, y := y)        input (x, y)
 *   input (x, y)             =>
 * </pre>
 */
public final class RemoveIdentityProject implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Project project)
        || !project.output().equals(project.input().output())) {
      return relation;
    }
    for (Relation.Assignment assignment : project.assignments()) {
      if (!(assignment.expression() instanceof Expression.Reference reference)
          || !reference.variable().equals(assignment.variable())) {
        return relation;
      }
    }
    return project.input();
  }
}
