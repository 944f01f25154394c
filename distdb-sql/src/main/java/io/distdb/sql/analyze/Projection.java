// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The select list as a relation, with DISTINCT, ORDER BY and LIMIT above it. */
final class Projection {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;
  private final Set<Variable> below;
  private final List<Relation.Assignment> assignments = new ArrayList<>();
  private final int width;

  /**
   * @param below what the input gives
   */
  Projection(
      StatementContext context,
      Optional<Scope.Outer> outer,
      List<OutputColumn> outputs,
      List<Variable> below) {
    this.context = context;
    this.outer = outer;
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

  /** With everything that follows it, LIMIT included. */
  Relation apply(Relation input, List<OrderBy.Key> order, Distinct distinct, Query query) {
    distinct.check(order);
    List<Relation.SortKey> keys = new ArrayList<>(order.size());
    for (OrderBy.Key key : order) {
      keys.add(sortKey(key, distinct.rows()));
    }
    List<Relation.SortKey> sort = new ArrayList<>(keys);
    Set<Variable> on = new LinkedHashSet<>();
    for (OrderBy.Key key : distinct.keys()) {
      Relation.SortKey column = sortKey(key, false);
      on.add(column.variable());
      if (sort.stream().noneMatch(known -> known.variable().equals(column.variable()))) {
        sort.add(column);
      }
    }
    Relation result = new Relation.Project(input, assignments);
    if (distinct.rows()) {
      result = new Relation.Distinct(result);
    }
    if (!sort.isEmpty()) {
      result = new Relation.Sort(result, sort);
    }
    if (!on.isEmpty()) {
      result = new Relation.DistinctOn(result, List.copyOf(on));
    }
    LimitClause limit = new LimitClause(context, outer);
    return query.withTies()
        ? narrow(limit.apply(result, query, keys))
        : limit.apply(narrow(result), query, keys);
  }

  private Relation.SortKey sortKey(OrderBy.Key key, boolean selected) {
    return new Relation.SortKey(column(key, selected), key.descending(), key.nullsFirst());
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
    if (assignments.size() == width) {
      return sorted;
    }
    List<Relation.Assignment> kept = new ArrayList<>(width);
    for (Relation.Assignment assignment : assignments.subList(0, width)) {
      Variable variable = assignment.variable();
      kept.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
    }
    return new Relation.Project(sorted, kept);
  }
}
