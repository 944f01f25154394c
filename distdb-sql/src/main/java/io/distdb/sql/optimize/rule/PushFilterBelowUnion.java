// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Filters each input of a UNION, where an index may help; below the Distinct of one without ALL as
 * well, since equal rows are all kept or all dropped.
 *
 * <pre>
 * Filter (x = 1)              Union (x)
 *   Union (x)          =>       Filter (a = 1)
 *     l (a)                       l (a)
 *     r (b)                     Filter (b = 1)
 *                                 r (b)
 * </pre>
 */
public final class PushFilterBelowUnion implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)) {
      return relation;
    }
    return switch (filter.input()) {
      case Relation.Union union -> push(union, filter.predicate());
      case Relation.Distinct distinct when distinct.input() instanceof Relation.Union union ->
          new Relation.Distinct(push(union, filter.predicate()));
      default -> relation;
    };
  }

  private static Relation push(Relation.Union union, Expression predicate) {
    List<Relation> inputs = new ArrayList<>();
    for (int i = 0; i < union.inputs().size(); i++) {
      Map<Variable, Expression> by = new HashMap<>();
      for (int column = 0; column < union.output().size(); column++) {
        by.put(
            union.output().get(column),
            new Expression.Reference(union.columns().get(i).get(column)));
      }
      inputs.add(new Relation.Filter(union.inputs().get(i), Expressions.substitute(predicate, by)));
    }
    return new Relation.Union(inputs, union.columns(), union.output());
  }
}
