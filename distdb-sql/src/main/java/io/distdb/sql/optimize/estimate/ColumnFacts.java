// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of one statement that are columns of tables, under whatever name. Filled while
 * relations are planned, inputs first; looked up and never iterated.
 */
public final class ColumnFacts {
  private final Statistics statistics;
  private final Map<Variable, ColumnFact> facts = new HashMap<>();

  public ColumnFacts(Statistics statistics) {
    this.statistics = statistics;
  }

  /** Notes the columns of a table that is read. */
  public void add(Relation.Scan scan) {
    if (scan.output().isEmpty() || facts.containsKey(scan.output().getFirst())) {
      return;
    }
    int id = scan.output().getFirst().id();
    double rows = Math.max(1, statistics.rows(scan.table()));
    for (int i = 0; i < scan.output().size(); i++) {
      facts.put(
          scan.output().get(i),
          new ColumnFact(id, scan.table(), scan.ordinals().get(i), rows, statistics));
    }
  }

  /** Notes the columns that a projection passes on under another name. */
  public void add(List<Relation.Assignment> assignments) {
    for (Relation.Assignment assignment : assignments) {
      of(assignment.expression()).ifPresent(fact -> facts.put(assignment.variable(), fact));
    }
  }

  /** Notes that {@code alias} has the values of {@code variable}. */
  public void add(Variable alias, Variable variable) {
    ColumnFact fact = facts.get(variable);
    if (fact != null) {
      facts.put(alias, fact);
    }
  }

  /** The column that {@code expression} is, a number widened included. */
  Optional<ColumnFact> of(Expression expression) {
    Expression bare =
        expression instanceof Expression.Cast cast
                && Expressions.keepsKey(cast.operand().type(), cast.type())
            ? cast.operand()
            : expression;
    return bare instanceof Expression.Reference reference
        ? Optional.ofNullable(facts.get(reference.variable()))
        : Optional.empty();
  }
}
