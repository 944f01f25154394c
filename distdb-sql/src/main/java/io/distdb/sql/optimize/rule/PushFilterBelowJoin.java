// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves what a filter above an inner join says to where it can be decided: to one side, or into the
 * join condition. A cross join with a condition becomes an inner join.
 *
 * <pre>
 * Filter (l.a = 1 AND l.b = r.b)        Join (l.b = r.b)
 *   Join                          =>      Filter (l.a = 1)
 *     l                                     l
 *     r                                   r
 * </pre>
 */
public final class PushFilterBelowJoin implements Rule {
  @Override
  public Relation apply(Relation relation) {
    return switch (relation) {
      case Relation.Filter filter when filter.input() instanceof Relation.Join join -> {
        List<Expression> all = new ArrayList<>();
        join.condition().ifPresent(condition -> all.addAll(Expressions.conjuncts(condition)));
        all.addAll(Expressions.conjuncts(filter.predicate()));
        yield distribute(join, all);
      }
      case Relation.Join join when join.condition().isPresent() -> {
        List<Expression> all = Expressions.conjuncts(join.condition().get());
        boolean oneSided =
            all.stream().anyMatch(e -> isWithin(e, join.left()) || isWithin(e, join.right()));
        yield oneSided ? distribute(join, all) : relation;
      }
      default -> relation;
    };
  }

  private static Relation distribute(Relation.Join join, List<Expression> conjuncts) {
    List<Expression> left = new ArrayList<>();
    List<Expression> right = new ArrayList<>();
    List<Expression> both = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      if (isWithin(conjunct, join.left())) {
        left.add(conjunct);
      } else if (isWithin(conjunct, join.right())) {
        right.add(conjunct);
      } else {
        both.add(conjunct);
      }
    }
    Optional<Expression> condition = Expressions.conjunction(both);
    Relation.JoinKind kind =
        condition.isPresent() ? Relation.JoinKind.INNER : Relation.JoinKind.CROSS;
    return new Relation.Join(
        kind, filtered(join.left(), left), filtered(join.right(), right), condition);
  }

  private static Relation filtered(Relation input, List<Expression> conjuncts) {
    return Expressions.conjunction(conjuncts)
        .<Relation>map(predicate -> new Relation.Filter(input, predicate))
        .orElse(input);
  }

  private static boolean isWithin(Expression expression, Relation side) {
    Set<Object> columns = new HashSet<>(side.output());
    return columns.containsAll(Expressions.references(expression));
  }
}
