// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds columns to a relation for expressions over it; each expression once. */
final class ComputedColumns {
  private final StatementContext context;
  private final Relation input;
  private final Map<Expression, Variable> computed = new LinkedHashMap<>();

  ComputedColumns(StatementContext context, Relation input) {
    this.context = context;
    this.input = input;
  }

  /** The column that has the value: the input's own when the expression is one. */
  Variable of(Expression expression, String name) {
    return expression instanceof Expression.Reference reference
            && input.output().contains(reference.variable())
        ? reference.variable()
        : computed.computeIfAbsent(expression, key -> context.newVariable(name, expression.type()));
  }

  /** The input with the columns asked for so far. */
  Relation relation() {
    if (computed.isEmpty()) {
      return input;
    }
    List<Relation.Assignment> assignments = new ArrayList<>();
    for (Variable variable : input.output()) {
      assignments.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
    }
    computed.forEach(
        (expression, variable) -> assignments.add(new Relation.Assignment(variable, expression)));
    return new Relation.Project(input, assignments);
  }
}
