// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.AnySubquery;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes joins of EXISTS, IN and ANY among the conjuncts of a filter (Kim 1982; Dayal 1987).
 *
 * <pre>
 * Filter (EXISTS (Filter (i.a = o.a)          Join SEMI (i.a = o.a)
 *           i))                         =>      o
 *   o                                           i
 *
 * Filter (ANY i (o.a = i.a))                  Join SEMI (o.a = i.a)
 *   o                                   =>      o
 *                                               i
 * </pre>
 *
 * NOT EXISTS makes an ANTI join. NOT IN does too where neither side can be NULL; where one can, a
 * NULL comparison must refuse the row as a true one does, so the condition is {@code (o.a = i.a) IS
 * NOT FALSE}. An uncorrelated NOT IN of the latter kind stays: it is looked up in a hash table. So
 * does an uncorrelated EXISTS, which is answered once.
 */
public final class UnnestExistence implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)) {
      return relation;
    }
    Relation input = filter.input();
    List<Expression> rest = new ArrayList<>();
    for (Expression conjunct : Expressions.conjuncts(filter.predicate())) {
      Optional<Relation> joined =
          Expressions.isVolatile(conjunct) ? Optional.empty() : joined(input, conjunct);
      if (joined.isPresent()) {
        input = joined.get();
      } else {
        rest.add(conjunct);
      }
    }
    if (input == filter.input()) {
      return filter;
    }
    Relation result = input;
    return Expressions.conjunction(rest)
        .<Relation>map(predicate -> new Relation.Filter(result, predicate))
        .orElse(result);
  }

  private static Optional<Relation> joined(Relation input, Expression conjunct) {
    return switch (conjunct) {
      case Expression.Exists exists -> exists(JoinKind.SEMI, input, exists);
      case AnySubquery any -> any(input, any);
      case Expression.Not not when not.operand() instanceof Expression.Exists exists ->
          exists(JoinKind.ANTI, input, exists);
      case Expression.Not not when not.operand() instanceof AnySubquery any -> none(input, any);
      default -> Optional.empty();
    };
  }

  private static Optional<Relation> exists(
      JoinKind kind, Relation input, Expression.Exists exists) {
    if (Collections.disjoint(exists.outer(), input.output())) {
      return Optional.empty();
    }
    return Uncorrelated.of(rowsOnly(exists.relation()), false)
        .map(inner -> join(kind, input, inner, List.of()));
  }

  /** What does not change whether there is a row is left out. */
  private static Relation rowsOnly(Relation relation) {
    return switch (relation) {
      case Relation.Project project -> rowsOnly(project.input());
      case Relation.Sort sort -> rowsOnly(sort.input());
      case Relation.Distinct distinct -> rowsOnly(distinct.input());
      case Relation.Limit limit
          when limit.offset().isEmpty()
              && limit.limit().map(UnnestExistence::isPositive).orElse(true) ->
          rowsOnly(limit.input());
      default -> relation;
    };
  }

  private static boolean isPositive(Expression limit) {
    return limit instanceof Expression.Literal literal
        && literal.value() instanceof Value.BigintValue rows
        && rows.value() > 0;
  }

  private static Optional<Relation> any(Relation input, AnySubquery any) {
    return Uncorrelated.of(any.relation(), false)
        .map(inner -> join(JoinKind.SEMI, input, inner, Expressions.conjuncts(any.condition())));
  }

  private static Optional<Relation> none(Relation input, AnySubquery any) {
    Optional<Uncorrelated> found = Uncorrelated.of(any.relation(), false);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Uncorrelated inner = found.get();
    Set<Variable> values = new HashSet<>(NotNullColumns.of(input));
    values.addAll(NotNullColumns.of(inner.relation()));
    if (NullRejection.hasValue(any.condition(), values)) {
      return Optional.of(join(JoinKind.ANTI, input, inner, Expressions.conjuncts(any.condition())));
    }
    if (!inner.asks(input.output())) {
      return Optional.empty();
    }
    Expression notFalse =
        new Expression.Compare(
            Comparison.DISTINCT_FROM,
            any.condition(),
            new Expression.Literal(Value.FALSE, SqlType.BOOLEAN));
    return Optional.of(join(JoinKind.ANTI, input, inner, List.of(notFalse)));
  }

  private static Relation join(
      JoinKind kind, Relation input, Uncorrelated inner, List<Expression> further) {
    List<Expression> all = new ArrayList<>(inner.conditions());
    all.addAll(further);
    return new Relation.Join(kind, input, inner.relation(), Expressions.conjunction(all));
  }
}
