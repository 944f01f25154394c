// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;

/** Projections that rules put on top, so that columns come out as before. */
final class Projects {
  private Projects() {}

  /** {@code relation} with these of its columns, in this order; itself when it has them so. */
  static Relation to(List<Variable> columns, Relation relation) {
    if (relation.output().equals(columns)) {
      return relation;
    }
    List<Relation.Assignment> assignments = new ArrayList<>(columns.size());
    for (Variable column : columns) {
      assignments.add(new Relation.Assignment(column, new Expression.Reference(column)));
    }
    return new Relation.Project(relation, assignments);
  }

  /** Whether every column is one of the input's, perhaps renamed. */
  static boolean onlyRenames(Relation.Project project) {
    return project.assignments().stream()
        .allMatch(assignment -> assignment.expression() instanceof Expression.Reference);
  }
}
