// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Subqueries;
import java.util.Set;

/** Which slots a relation reads, within its subqueries too. */
final class CorrelationSlots {
  private CorrelationSlots() {}

  static void collect(Relation relation, Set<Integer> found) {
    Relations.inputs(relation).forEach(input -> collect(input, found));
    Relations.expressions(relation).forEach(expression -> collect(expression, found));
  }

  /** Whether it reads a table of a WITH, perhaps one around it. */
  static boolean readsCommonTables(Relation relation) {
    return relation instanceof Relation.CommonTableScan
        || Relations.inputs(relation).stream().anyMatch(CorrelationSlots::readsCommonTables)
        || Relations.expressions(relation).stream()
            .flatMap(expression -> Subqueries.relations(expression).stream())
            .anyMatch(CorrelationSlots::readsCommonTables);
  }

  private static void collect(Expression expression, Set<Integer> found) {
    switch (expression) {
      case Expression.Correlation correlation -> found.add(correlation.slot());
      case Expression.AnySubquery any -> {
        collect(any.relation(), found);
        collect(any.condition(), found);
      }
      case Expression.Subquery subquery -> collect(subquery.relation(), found);
      default -> Expressions.operands(expression).forEach(operand -> collect(operand, found));
    }
  }
}
