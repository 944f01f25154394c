// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import java.util.Optional;

/**
 * Makes less of an outer join whose rows with NULLs are refused above: by a filter, or by the
 * condition of an inner join.
 *
 * <pre>
 * Filter (r.a &gt; 1)                Filter (r.a &gt; 1)
 *   Join LEFT (l.b = r.b)      =>      Join INNER (l.b = r.b)
 *     l                                  l
 *     r                                  r
 * </pre>
 *
 * FULL becomes LEFT, of the side whose NULLs are refused, or INNER.
 */
public final class ReduceOuterJoin implements Rule {
  @Override
  public Relation apply(Relation relation) {
    return switch (relation) {
      case Relation.Filter filter when filter.input() instanceof Relation.Join join -> {
        Relation reduced = reduce(join, filter.predicate());
        yield reduced == join ? filter : new Relation.Filter(reduced, filter.predicate());
      }
      case Relation.Join join
          when join.condition().isPresent()
              && (join.kind().isInner() || join.kind() == JoinKind.SEMI) ->
          below(join, join.condition().get());
      default -> relation;
    };
  }

  private static Relation below(Relation.Join join, Expression condition) {
    Relation left = reduce(join.left(), condition);
    Relation right = reduce(join.right(), condition);
    return left == join.left() && right == join.right()
        ? join
        : new Relation.Join(join.kind(), left, right, join.condition());
  }

  private static Relation reduce(Relation relation, Expression condition) {
    if (!(relation instanceof Relation.Join join)
        || join.kind() != JoinKind.LEFT && join.kind() != JoinKind.FULL) {
      return relation;
    }
    boolean needsRight = refuses(condition, join.right());
    boolean needsLeft = join.kind() == JoinKind.LEFT || refuses(condition, join.left());
    if (needsLeft && needsRight) {
      return with(JoinKind.INNER, join.left(), join.right(), join.condition());
    }
    if (join.kind() == JoinKind.LEFT || !needsLeft && !needsRight) {
      return join;
    }
    return needsLeft
        ? with(JoinKind.LEFT, join.left(), join.right(), join.condition())
        : Projects.to(
            join.output(), with(JoinKind.LEFT, join.right(), join.left(), join.condition()));
  }

  private static boolean refuses(Expression condition, Relation side) {
    return Expressions.conjuncts(condition).stream()
        .anyMatch(conjunct -> NullRejection.rejects(conjunct, side.output()));
  }

  private static Relation with(
      JoinKind kind, Relation left, Relation right, Optional<Expression> condition) {
    return new Relation.Join(kind, left, right, condition);
  }
}
