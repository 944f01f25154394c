// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import java.util.List;

/**
 * The share of rows for which a condition is true, guessed from its form: there are no statistics
 * of values yet. The figures are those that PostgreSQL falls back to (src/include/utils/selfuncs.h
 * lists them as defaults): 0.005 for equality, a third for one bound.
 */
final class Selectivity {
  static final double EQUALITY = 0.005;
  static final double BOUND = 1.0 / 3;
  private static final double IS_NULL = 0.005;
  private static final double BOOLEAN = 0.5;

  private Selectivity() {}

  static double of(List<Expression> conjuncts) {
    double share = 1;
    for (Expression conjunct : conjuncts) {
      share *= of(conjunct);
    }
    return share;
  }

  static double of(Expression condition) {
    return switch (condition) {
      case Expression.Compare compare ->
          switch (compare.comparison()) {
            case EQUAL, NOT_DISTINCT_FROM -> EQUALITY;
            case NOT_EQUAL, DISTINCT_FROM -> 1 - EQUALITY;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> BOUND;
          };
      case Expression.And and -> of(and.operands());
      case Expression.Or or -> {
        double none = 1;
        for (Expression operand : or.operands()) {
          none *= 1 - of(operand);
        }
        yield 1 - none;
      }
      case Expression.Not not -> 1 - of(not.operand());
      case Expression.IsNull ignored -> IS_NULL;
      case Expression.In in -> Math.min(BOOLEAN, in.items().size() * EQUALITY);
      case Expression.Literal ignored -> BOOLEAN;
      case Expression.Parameter ignored -> BOOLEAN;
      case Expression.Reference ignored -> BOOLEAN;
      case Expression.Call ignored -> BOOLEAN;
      case Expression.Cast ignored -> BOOLEAN;
      case Expression.Case ignored -> BOOLEAN;
      case Expression.Coalesce ignored -> BOOLEAN;
      case Expression.Subquery ignored -> BOOLEAN;
      case Expression.Correlation ignored -> BOOLEAN;
      case Expression.Subplan ignored -> BOOLEAN;
    };
  }
}
