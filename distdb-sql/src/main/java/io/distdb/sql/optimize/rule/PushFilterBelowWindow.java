// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides before a window what depends on its partition alone: whole partitions go, so that no row
 * that stays sees another frame.
 *
 * <pre>
 * Filter (p = 1 AND r &lt;= 3)                     Filter (r &lt;= 3)
 *   Window (partition p, r := rank())    =>      Window (partition p, r := rank())
 *     input                                        Filter (p = 1)
 *                                                    input
 * </pre>
 */
public final class PushFilterBelowWindow implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)
        || !(filter.input() instanceof Relation.Window window)) {
      return relation;
    }
    List<Expression> below = new ArrayList<>();
    List<Expression> above = new ArrayList<>();
    for (Expression conjunct : Expressions.conjuncts(filter.predicate())) {
      boolean partitionOnly = window.partition().containsAll(Expressions.references(conjunct));
      boolean constant = Expressions.references(conjunct).isEmpty();
      (partitionOnly && !constant ? below : above).add(conjunct);
    }
    if (below.isEmpty()) {
      return relation;
    }
    Relation pushed =
        new Relation.Window(
            new Relation.Filter(window.input(), Expressions.conjunction(below).orElseThrow()),
            window.partition(),
            window.order(),
            window.calls());
    return Expressions.conjunction(above)
        .<Relation>map(rest -> new Relation.Filter(pushed, rest))
        .orElse(pushed);
  }
}
