// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.execute.ValueOrder;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Variable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The share of rows for which a condition over one column is true, whatever the condition is: it is
 * evaluated for the values that statistics list. Those of the histogram stand for all that are not
 * common, as a small sample of them.
 */
final class SampledSelectivity {
  /** Bounds below which the histogram is too small a sample. */
  private static final int BOUNDS_MIN = 10;

  private final ColumnFacts facts;
  private final KnownValues known;

  SampledSelectivity(ColumnFacts facts, KnownValues known) {
    this.facts = facts;
    this.known = known;
  }

  /**
   * Shares of all rows.
   *
   * @param common rows of common values for which the condition is true
   * @param others rows of other values for which it is
   */
  record Share(double common, double others) {
    double all() {
      return common + others;
    }
  }

  /** Nothing when the condition is of another kind, or statistics say too little. */
  Optional<Share> of(Expression condition) {
    Set<Variable> variables = Expressions.references(condition);
    if (variables.size() != 1 || !isClosed(condition)) {
      return Optional.empty();
    }
    Variable variable = variables.iterator().next();
    Optional<ColumnStatistics> statistics =
        facts.of(new Expression.Reference(variable)).flatMap(ColumnFact::statistics);
    if (statistics.isEmpty() || isTooLittle(statistics.get())) {
      return Optional.empty();
    }
    return withValues(condition).flatMap(closed -> of(closed, variable, statistics.get()));
  }

  private static boolean isTooLittle(ColumnStatistics statistics) {
    double covered = statistics.commonShare() + statistics.nullFraction();
    return statistics.histogram().size() < BOUNDS_MIN && covered < 0.9;
  }

  private static Optional<Share> of(
      Expression condition, Variable variable, ColumnStatistics statistics) {
    Optional<boolean[]> common = ValueOrder.holds(condition, variable, statistics.common());
    Optional<boolean[]> others = ValueOrder.holds(condition, variable, statistics.histogram());
    if (common.isEmpty() || others.isEmpty()) {
      return Optional.empty();
    }
    double share = 0;
    for (int i = 0; i < common.get().length; i++) {
      share += common.get()[i] ? statistics.frequencies().get(i) : 0;
    }
    double rest = Math.max(0, 1 - statistics.nullFraction() - statistics.commonShare());
    int bounds = others.get().length;
    if (bounds == 0) {
      return Optional.of(new Share(share, 0));
    }
    int met = 0;
    for (boolean holds : others.get()) {
      met += holds ? 1 : 0;
    }
    // none of a hundred is not none of a million
    double metShare = Math.clamp((double) met / bounds, 0.5 / bounds, 1 - 0.5 / bounds);
    return Optional.of(new Share(share, rest * metShare));
  }

  /** Whether it has no subqueries and always the same answer for the same value. */
  private static boolean isClosed(Expression condition) {
    return Expressions.isImmutable(condition)
        && !(condition instanceof Expression.Subplan)
        && !(condition instanceof Expression.Subquery)
        && !(condition instanceof Expression.Correlation)
        && Expressions.operands(condition).stream().allMatch(SampledSelectivity::isClosed);
  }

  /** The condition with literals for its parameters, when their values are known. */
  private Optional<Expression> withValues(Expression condition) {
    Map<Expression.Parameter, Value> values = new HashMap<>();
    return collect(condition, values) ? Optional.of(replace(condition, values)) : Optional.empty();
  }

  private boolean collect(Expression expression, Map<Expression.Parameter, Value> values) {
    if (expression instanceof Expression.Parameter parameter) {
      Optional<Value> value = known.of(parameter);
      value.ifPresent(found -> values.put(parameter, found));
      return value.isPresent();
    }
    boolean all = true;
    for (Expression operand : Expressions.operands(expression)) {
      all &= collect(operand, values);
    }
    return all;
  }

  private static Expression replace(
      Expression expression, Map<Expression.Parameter, Value> values) {
    return expression instanceof Expression.Parameter parameter
        ? new Expression.Literal(values.get(parameter), parameter.type())
        : Expressions.map(expression, operand -> replace(operand, values));
  }
}
