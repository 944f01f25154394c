// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a plain join of LATERAL whose right side refers to the left in filters alone.
 *
 * <pre>
 * Apply INNER                       Join INNER (r.a = l.a)
 *   l                                 l
 *   Filter (r.a = l.a)        =>      r
 *     r
 * </pre>
 */
public final class DecorrelateApply implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Apply apply)) {
      return relation;
    }
    Optional<Uncorrelated> found = Uncorrelated.of(apply.right(), true);
    if (found.isEmpty()) {
      return apply;
    }
    List<Expression> all =
        new ArrayList<>(apply.condition().map(Expressions::conjuncts).orElseGet(List::of));
    all.addAll(found.get().conditions());
    JoinKind kind =
        apply.kind() == JoinKind.CROSS && !all.isEmpty() ? JoinKind.INNER : apply.kind();
    Relation join =
        new Relation.Join(kind, apply.left(), found.get().relation(), Expressions.conjunction(all));
    return Projects.to(apply.output(), join);
  }
}
