// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The columns of a relation that certainly have no NULL. */
final class NotNullColumns {
  private NotNullColumns() {}

  static Set<Variable> of(Relation relation) {
    Set<Variable> columns = new HashSet<>();
    switch (relation) {
      case Relation.Scan scan -> addOf(scan, columns);
      case Relation.Filter filter -> {
        columns.addAll(of(filter.input()));
        for (Variable variable : Expressions.references(filter.predicate())) {
          if (NullRejection.rejects(filter.predicate(), List.of(variable))) {
            columns.add(variable);
          }
        }
      }
      case Relation.Project project -> {
        Set<Variable> below = of(project.input());
        for (Relation.Assignment assignment : project.assignments()) {
          if (NullRejection.hasValue(assignment.expression(), below)) {
            columns.add(assignment.variable());
          }
        }
      }
      case Relation.Join join -> {
        if (join.kind() != Relation.JoinKind.FULL) {
          columns.addAll(of(join.left()));
        }
        if (join.kind().isInner()) {
          columns.addAll(of(join.right()));
        }
      }
      case Relation.Sort sort -> columns.addAll(of(sort.input()));
      case Relation.Distinct distinct -> columns.addAll(of(distinct.input()));
      case Relation.Limit limit -> columns.addAll(of(limit.input()));
      default -> {
        // nothing is known
      }
    }
    return columns;
  }

  private static void addOf(Relation.Scan scan, Set<Variable> columns) {
    Table table = scan.table();
    for (int i = 0; i < scan.ordinals().size(); i++) {
      int ordinal = scan.ordinals().get(i);
      if (table.columns().get(ordinal).notNull() || table.primaryKey().contains(ordinal)) {
        columns.add(scan.output().get(i));
      }
    }
  }

  /** Whether the expression has a value in every row of {@code relation}. */
  static boolean hasValue(Expression expression, Set<Variable> columns) {
    return NullRejection.hasValue(expression, columns);
  }
}
