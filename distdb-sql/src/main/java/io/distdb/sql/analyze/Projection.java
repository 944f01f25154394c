// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The select list as a relation, with DISTINCT and ORDER BY above it. */
final class Projection {
  private final StatementContext context;
  private final Set<Variable> below;
  private final List<Relation.Assignment> assignments = new ArrayList<>();
  private final int width;

  /**
   * @param below what the input gives
   */
  Projection(StatementContext context, List<OutputColumn> outputs, List<Variable> below) {
    this.context = context;
    this.below = new HashSet<>(below);
    this.width = outputs.size();
    Set<Variable> used = new HashSet<>();
    for (OutputColumn output : outputs) {
      assignments.add(assignment(output.name(), output.expression(), used));
    }
  }

  /**
   * A column that is passed on keeps its variable, the first time; one of a query around is no such
   * column.
   */
  private Relation.Assignment assignment(String name, Expression expression, Set<Variable> used) {
    Variable variable =
        expression instanceof Expression.Reference reference
                && below.contains(reference.variable())
                && used.add(reference.variable())
            ? reference.variable()
            : context.newVariable(name, expression.type());
    return new Relation.Assignment(variable, expression);
  }

  Relation apply(Relation input, List<OrderBy.Key> order, boolean distinct) {
    List<Relation.SortKey> keys = new ArrayList<>(order.size());
    for (OrderBy.Key key : order) {
      keys.add(new Relation.SortKey(column(key, distinct), key.descending(), key.nullsFirst()));
    }
    Relation result = new Relation.Project(input, assignments);
    if (distinct) {
      result = new Relation.Distinct(result);
    }
    if (!keys.isEmpty()) {
      result = new Relation.Sort(result, keys);
    }
    return assignments.size() == width ? result : narrow(result);
  }

  /** The column to sort by, added to the others if it is not among them. */
  private Variable column(OrderBy.Key key, boolean distinct) {
    for (Relation.Assignment assignment : assignments) {
      if (assignment.expression().equals(key.expression())) {
        return assignment.variable();
      }
    }
    if (distinct) {
      throw SelectAnalyzer.orderNotSelected(key);
    }
    Variable hidden =
        key.expression() instanceof Expression.Reference reference
                && below.contains(reference.variable())
            ? reference.variable()
            : context.newVariable("sort_key", key.expression().type());
    assignments.add(new Relation.Assignment(hidden, key.expression()));
    return hidden;
  }

  private Relation narrow(Relation sorted) {
    List<Relation.Assignment> kept = new ArrayList<>(width);
    for (Relation.Assignment assignment : assignments.subList(0, width)) {
      Variable variable = assignment.variable();
      kept.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
    }
    return new Relation.Project(sorted, kept);
  }
}
