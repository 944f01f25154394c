// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;

/** Which columns of tables a query shows as they are: drivers ask, to name or to change them. */
final class ColumnOrigins {
  private ColumnOrigins() {}

  /** The column of {@code variable}, an output of {@code relation}. */
  static ResultColumn column(String heading, Variable variable, Relation relation) {
    Variable sought = variable;
    Relation at = relation;
    while (at != null) {
      if (at instanceof Relation.Scan scan) {
        return ofTable(heading, variable, scan, sought);
      }
      if (at instanceof Relation.Project project) {
        sought = source(project, sought);
      }
      at = sought == null ? null : inputOf(at, sought);
    }
    return new ResultColumn(heading, variable.type());
  }

  private static ResultColumn ofTable(
      String heading, Variable variable, Relation.Scan scan, Variable sought) {
    int ordinal = scan.ordinals().get(scan.output().indexOf(sought));
    return ordinal == Relation.Scan.ROW_ID
        ? new ResultColumn(heading, variable.type())
        : new ResultColumn(
            heading, variable.type(), Oids.of(scan.table()), scan.table().slotOf(ordinal) + 1);
  }

  /** What {@code variable} is a copy of; null: it was computed. */
  private static Variable source(Relation.Project project, Variable variable) {
    for (Relation.Assignment assignment : project.assignments()) {
      if (assignment.variable().equals(variable)) {
        return assignment.expression() instanceof Expression.Reference reference
            ? reference.variable()
            : null;
      }
    }
    return null;
  }

  private static Relation inputOf(Relation relation, Variable variable) {
    for (Relation input : Relations.inputs(relation)) {
      if (input.output().contains(variable)) {
        return input;
      }
    }
    return null;
  }
}
