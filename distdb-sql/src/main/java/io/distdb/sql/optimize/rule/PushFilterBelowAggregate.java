// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides before grouping what depends on grouping keys alone.
 *
 * <pre>
 * Filter (k = 1 AND n > 2)              Filter (n > 2)
 *   Aggregate (keys k, n := count)  =>    Aggregate (keys k, n := count)
 *     input                                 Filter (k = 1)
 *                                             input
 * </pre>
 *
 * Not without keys: there the one group comes even from no rows.
 */
public final class PushFilterBelowAggregate implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)
        || !(filter.input() instanceof Relation.Aggregate aggregate)
        || aggregate.keys().isEmpty()) {
      return relation;
    }
    List<Expression> below = new ArrayList<>();
    List<Expression> above = new ArrayList<>();
    for (Expression conjunct : Expressions.conjuncts(filter.predicate())) {
      boolean keysOnly = aggregate.keys().containsAll(Expressions.references(conjunct));
      (keysOnly ? below : above).add(conjunct);
    }
    if (below.isEmpty()) {
      return relation;
    }
    Relation pushed =
        new Relation.Aggregate(
            new Relation.Filter(aggregate.input(), Expressions.conjunction(below).orElseThrow()),
            aggregate.keys(),
            aggregate.calls());
    return Expressions.conjunction(above)
        .<Relation>map(rest -> new Relation.Filter(pushed, rest))
        .orElse(pushed);
  }
}
