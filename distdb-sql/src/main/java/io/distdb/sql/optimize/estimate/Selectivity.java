// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The share of rows for which a condition is true. What statistics do not tell is guessed from the
 * condition's form; the guesses are those that PostgreSQL falls back to (src/include/utils/
 * selfuncs.h lists them as defaults). Conditions are taken to be independent, but for two bounds of
 * one column.
 */
public final class Selectivity {
  private static final double IS_NULL = 0.005;
  private static final double BOOLEAN = 0.5;
  private static final double LIKE = 0.005;
  private static final double LEAST = 1e-9;

  private final ColumnFacts facts;
  private final EqualitySelectivity equality;
  private final RangeSelectivity range;
  private final SampledSelectivity sampled;
  private final PrefixSelectivity prefix;
  private final JoinSelectivity joins;

  public Selectivity(ColumnFacts facts, KnownValues known) {
    this.facts = facts;
    equality = new EqualitySelectivity(known);
    range = new RangeSelectivity(known);
    sampled = new SampledSelectivity(facts, known);
    prefix = new PrefixSelectivity(facts, known);
    joins = new JoinSelectivity(facts);
  }

  /** All of them. */
  public double of(List<Expression> conjuncts) {
    double share = 1;
    List<Bound> bounds = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      Optional<Bound> bound = bound(conjunct);
      if (bound.isPresent()) {
        bounds.add(bound.get());
      } else {
        share *= of(conjunct);
      }
    }
    while (!bounds.isEmpty()) {
      Bound first = bounds.removeFirst();
      Optional<Bound> other = bounds.stream().filter(first::closes).findFirst();
      other.ifPresent(bounds::remove);
      share *= other.map(second -> between(first, second)).orElseGet(() -> of(first));
    }
    return Math.clamp(share, LEAST, 1);
  }

  /** One condition. */
  public double of(Expression condition) {
    return Math.clamp(share(condition), LEAST, 1);
  }

  private double share(Expression condition) {
    return switch (condition) {
      case Expression.Compare compare -> compare(compare);
      case Expression.And and -> of(and.operands());
      case Expression.Or or -> {
        double none = 1;
        for (Expression operand : or.operands()) {
          none *= 1 - of(operand);
        }
        yield 1 - none;
      }
      case Expression.Not not -> not(not.operand());
      case Expression.IsNull isNull -> isNull(isNull);
      case Expression.In in -> in(in);
      case Expression.Literal literal ->
          literal.value().equals(Value.TRUE)
              ? 1
              : literal.value() instanceof Value.Null ? 0 : LEAST;
      case Expression.Reference reference ->
          equalTo(reference, new Expression.Literal(Value.TRUE, SqlType.BOOLEAN), BOOLEAN);
      case Expression.Call call -> call(call);
      case Expression.Parameter ignored -> BOOLEAN;
      case Expression.Cast ignored -> BOOLEAN;
      case Expression.Case ignored -> sampled(condition, BOOLEAN);
      case Expression.Coalesce ignored -> sampled(condition, BOOLEAN);
      case Expression.Subquery ignored -> BOOLEAN;
      case Expression.Correlation ignored -> BOOLEAN;
      case Expression.Subplan ignored -> BOOLEAN;
    };
  }

  private double sampled(Expression condition, double otherwise) {
    return sampled.of(condition).map(SampledSelectivity.Share::all).orElse(otherwise);
  }

  // --- comparisons ---

  private double compare(Expression.Compare compare) {
    return switch (compare.comparison()) {
      case EQUAL, NOT_DISTINCT_FROM -> equal(compare);
      case NOT_EQUAL, DISTINCT_FROM -> 1 - equal(compare) - nulls(compare);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          bound(compare).map(this::of).orElseGet(() -> sampled(compare, RangeSelectivity.DEFAULT));
    };
  }

  private double equal(Expression.Compare compare) {
    Optional<ColumnFact> left = facts.of(compare.left());
    Optional<ColumnFact> right = facts.of(compare.right());
    if (left.isPresent() && right.isPresent()) {
      return joins.of(left.get(), right.get()).orElse(EqualitySelectivity.DEFAULT);
    }
    if (left.isPresent()) {
      return equality.of(left.get(), compare.right());
    }
    if (right.isPresent()) {
      return equality.of(right.get(), compare.left());
    }
    return sampled(compare, EqualitySelectivity.DEFAULT);
  }

  private double nulls(Expression.Compare compare) {
    if (compare.comparison() == Comparison.DISTINCT_FROM) {
      return 0;
    }
    return facts
        .of(compare.left())
        .or(() -> facts.of(compare.right()))
        .map(ColumnFact::nullFraction)
        .orElse(0.0);
  }

  private double equalTo(Expression column, Expression value, double otherwise) {
    return facts.of(column).map(fact -> equality.of(fact, value)).orElse(otherwise);
  }

  private double in(Expression.In in) {
    Optional<ColumnFact> fact = facts.of(in.operand());
    if (fact.isEmpty()) {
      double guess = Math.min(BOOLEAN, in.items().size() * EqualitySelectivity.DEFAULT);
      return sampled(in, guess);
    }
    double share = 0;
    for (Expression item : in.items()) {
      share += equality.of(fact.get(), item);
    }
    return Math.min(1 - fact.get().nullFraction(), share);
  }

  // --- the rest ---

  private double isNull(Expression.IsNull isNull) {
    // an outer join above the table may have made more of them
    return facts
        .of(isNull.operand())
        .map(fact -> Math.max(IS_NULL, fact.nullFraction()))
        .orElse(IS_NULL);
  }

  private double not(Expression operand) {
    if (operand instanceof Expression.Reference reference) {
      return equalTo(reference, new Expression.Literal(Value.of(false), SqlType.BOOLEAN), BOOLEAN);
    }
    double nulls = 0;
    if (!(operand instanceof Expression.IsNull)) {
      for (Expression part : Expressions.operands(operand)) {
        nulls = Math.max(nulls, facts.of(part).map(ColumnFact::nullFraction).orElse(0.0));
      }
    }
    return 1 - of(operand) - nulls;
  }

  private double call(Expression.Call call) {
    Optional<SampledSelectivity.Share> share = sampled.of(call);
    if (share.isEmpty()) {
      return call.function().name().startsWith("~~") ? LIKE : BOOLEAN;
    }
    return share.get().common() + prefix.of(call).orElse(share.get().others());
  }

  // --- bounds ---

  /** {@code column < value}, the column on the left. */
  private record Bound(
      ColumnFact fact, Expression column, Comparison comparison, Expression value) {
    boolean isUpper() {
      return comparison == Comparison.LESS || comparison == Comparison.LESS_OR_EQUAL;
    }

    /** Whether both stand at either end of one range. */
    boolean closes(Bound other) {
      return column.equals(other.column) && isUpper() != other.isUpper();
    }
  }

  private Optional<Bound> bound(Expression condition) {
    if (!(condition instanceof Expression.Compare compare)) {
      return Optional.empty();
    }
    boolean orders =
        switch (compare.comparison()) {
          case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
          case EQUAL, NOT_EQUAL, DISTINCT_FROM, NOT_DISTINCT_FROM -> false;
        };
    if (!orders) {
      return Optional.empty();
    }
    Optional<ColumnFact> left = facts.of(compare.left());
    Optional<ColumnFact> right = facts.of(compare.right());
    if (left.isPresent() == right.isPresent()) {
      return Optional.empty();
    }
    return left.isPresent()
        ? left.map(fact -> new Bound(fact, compare.left(), compare.comparison(), compare.right()))
        : right.map(fact ->
            new Bound(fact, compare.right(), compare.comparison().mirrored(), compare.left()));
  }

  private double of(Bound bound) {
    return range.of(bound.fact, bound.comparison, bound.value).orElse(RangeSelectivity.DEFAULT);
  }

  /** What lies below the upper bound and not below the lower one. */
  private double between(Bound one, Bound other) {
    Optional<Double> first = range.of(one.fact, one.comparison, one.value);
    Optional<Double> second = range.of(other.fact, other.comparison, other.value);
    if (first.isEmpty() || second.isEmpty()) {
      return RangeSelectivity.DEFAULT_BETWEEN;
    }
    double present = 1 - one.fact.nullFraction();
    return Math.max(1 / one.fact.rows(), first.get() + second.get() - present);
  }
}
