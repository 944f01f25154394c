// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one filter of two, the inner condition first; removes a filter that is TRUE.
 *
 * <pre>
 * Filter (b)
 *   Filter (a)        Filter (a AND b)
 *     input      =>     input
 * </pre>
 */
public final class MergeFilters implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)) {
      return relation;
    }
    if (filter.predicate() instanceof Expression.Literal literal
        && literal.value().equals(Value.TRUE)) {
      return filter.input();
    }
    if (!(filter.input() instanceof Relation.Filter inner)) {
      return relation;
    }
    List<Expression> all = new ArrayList<>(Expressions.conjuncts(inner.predicate()));
    all.addAll(Expressions.conjuncts(filter.predicate()));
    return new Relation.Filter(inner.input(), new Expression.And(all));
  }
}
