// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Moves what a filter above a join, or its condition, says to where it can be decided: to one side,
 * or into the condition. A cross join with a condition becomes an inner join.
 *
 * <pre>
 * Filter (l.a = 1 AND l.b = r.b)        Join (l.b = r.b)
 *   Join                          =>      Filter (l.a = 1)
 *     l                                     l
 *     r                                   r
 * </pre>
 *
 * Beside inner joins only as far as it changes nothing:
 *
 * <pre>
 *              filter, left only   filter, right   condition, left only   condition, right only
 * LEFT         left                stays           stays                  right
 * SEMI         left                -               left                   right
 * ANTI         left                -               stays                  right
 * FULL         stays               stays           stays                  stays
 * </pre>
 */
public final class PushFilterBelowJoin implements Rule {
  @Override
  public Relation apply(Relation relation) {
    return switch (relation) {
      case Relation.Filter filter
          when filter.input() instanceof Relation.Join join && join.kind().isInner() ->
          inner(join, filter);
      case Relation.Filter filter when filter.input() instanceof Relation.Join join ->
          filterBelow(filter, join);
      case Relation.Filter filter when filter.input() instanceof Relation.Apply apply ->
          filterBelow(filter, apply);
      case Relation.Join join when join.condition().isPresent() -> conditionBelow(join);
      default -> relation;
    };
  }

  // --- inner joins ---

  private static Relation inner(Relation.Join join, Relation.Filter filter) {
    List<Expression> all = new ArrayList<>();
    join.condition().ifPresent(condition -> all.addAll(Expressions.conjuncts(condition)));
    List<Expression> above = new ArrayList<>();
    for (Expression conjunct : Expressions.conjuncts(filter.predicate())) {
      (staysAbove(conjunct, join) ? above : all).add(conjunct);
    }
    boolean moves = above.size() < Expressions.conjuncts(filter.predicate()).size();
    return moves ? filtered(distribute(join, all), above) : filter;
  }

  /** A subquery about both sides: another rule may make a join of it, above this one. */
  private static boolean staysAbove(Expression conjunct, Relation.Join join) {
    return Expressions.hasSubquery(conjunct)
        && !isApartFrom(conjunct, join.left())
        && !isApartFrom(conjunct, join.right());
  }

  private static Relation distribute(Relation.Join join, List<Expression> conjuncts) {
    List<Expression> left = new ArrayList<>();
    List<Expression> right = new ArrayList<>();
    List<Expression> both = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      if (isApartFrom(conjunct, join.right())) {
        left.add(conjunct);
      } else if (isApartFrom(conjunct, join.left())) {
        right.add(conjunct);
      } else {
        both.add(conjunct);
      }
    }
    Optional<Expression> condition = Expressions.conjunction(both);
    JoinKind kind = condition.isPresent() ? JoinKind.INNER : JoinKind.CROSS;
    return new Relation.Join(
        kind, filtered(join.left(), left), filtered(join.right(), right), condition);
  }

  // --- other joins ---

  private static Relation filterBelow(Relation.Filter filter, Relation.Join join) {
    if (join.kind() == JoinKind.FULL) {
      return filter;
    }
    List<Expression> left = new ArrayList<>();
    List<Expression> above = new ArrayList<>();
    split(filter, join.right(), left, above);
    if (left.isEmpty()) {
      return filter;
    }
    Relation pushed =
        new Relation.Join(join.kind(), filtered(join.left(), left), join.right(), join.condition());
    return filtered(pushed, above);
  }

  private static Relation filterBelow(Relation.Filter filter, Relation.Apply apply) {
    List<Expression> left = new ArrayList<>();
    List<Expression> above = new ArrayList<>();
    split(filter, apply.right(), left, above);
    if (left.isEmpty()) {
      return filter;
    }
    Relation pushed =
        new Relation.Apply(
            apply.kind(), filtered(apply.left(), left), apply.right(), apply.condition());
    return filtered(pushed, above);
  }

  private static void split(
      Relation.Filter filter, Relation right, List<Expression> left, List<Expression> above) {
    for (Expression conjunct : Expressions.conjuncts(filter.predicate())) {
      (isApartFrom(conjunct, right) ? left : above).add(conjunct);
    }
  }

  private static Relation conditionBelow(Relation.Join join) {
    List<Expression> all = Expressions.conjuncts(join.condition().orElseThrow());
    boolean oneSided =
        all.stream().anyMatch(e -> isApartFrom(e, join.left()) || isApartFrom(e, join.right()));
    if (!oneSided) {
      return join;
    }
    return switch (join.kind()) {
      case INNER, CROSS -> distribute(join, all);
      case FULL -> join;
      case LEFT, ANTI, SEMI -> conditionBelow(join, all);
    };
  }

  private static Relation conditionBelow(Relation.Join join, List<Expression> conjuncts) {
    List<Expression> left = new ArrayList<>();
    List<Expression> right = new ArrayList<>();
    List<Expression> stay = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      if (isApartFrom(conjunct, join.left())) {
        right.add(conjunct);
      } else if (join.kind() == JoinKind.SEMI && isApartFrom(conjunct, join.right())) {
        left.add(conjunct);
      } else {
        stay.add(conjunct);
      }
    }
    if (left.isEmpty() && right.isEmpty()) {
      return join;
    }
    Optional<Expression> condition = Expressions.conjunction(stay);
    return new Relation.Join(
        join.kind(), filtered(join.left(), left), filtered(join.right(), right), condition);
  }

  private static Relation filtered(Relation input, List<Expression> conjuncts) {
    return Expressions.conjunction(conjuncts)
        .<Relation>map(predicate -> new Relation.Filter(input, predicate))
        .orElse(input);
  }

  /** Whether it asks nothing of {@code side}; variables of queries around are on neither side. */
  private static boolean isApartFrom(Expression expression, Relation side) {
    return Collections.disjoint(Expressions.references(expression), side.output());
  }
}
