// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A conjunct that says something of one column of a scan by values that are known before the scan
 * starts: {@code column = x}, {@code column < x}, {@code column IN (x, y)}.
 *
 * @param ordinal the column
 * @param comparison EQUAL for IN, NOT_DISTINCT_FROM for IS NULL, DISTINCT_FROM for IS NOT NULL
 * @param values one, the items of IN, none for IS NULL and IS NOT NULL; of the column's type, or
 *     BIGINT for an INTEGER column
 */
record KeyMatch(Expression conjunct, int ordinal, Comparison comparison, List<Expression> values) {
  boolean isEquality() {
    return comparison == Comparison.EQUAL;
  }

  /** Whether the column has the same value in all rows. */
  boolean isConstant() {
    return isNull() || isEquality() && values.size() == 1;
  }

  /** {@code column IS NULL}. */
  boolean isNull() {
    return values.isEmpty() && comparison == Comparison.NOT_DISTINCT_FROM;
  }

  /** {@code column IS NOT NULL}. */
  boolean isNotNull() {
    return values.isEmpty() && comparison == Comparison.DISTINCT_FROM;
  }

  boolean isUpper() {
    return comparison == Comparison.LESS || comparison == Comparison.LESS_OR_EQUAL;
  }

  boolean isLower() {
    return comparison == Comparison.GREATER || comparison == Comparison.GREATER_OR_EQUAL;
  }

  boolean isInclusive() {
    return comparison == Comparison.LESS_OR_EQUAL || comparison == Comparison.GREATER_OR_EQUAL;
  }

  /**
   * The conjuncts that are of this form.
   *
   * @param known variables whose values are known before the scan starts
   */
  static List<KeyMatch> find(
      Relation.Scan scan, List<Expression> conjuncts, Collection<Variable> known) {
    List<KeyMatch> found = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      KeyMatch match =
          switch (conjunct) {
            case Expression.Compare compare -> ofCompare(scan, compare, known);
            case Expression.In in -> ofIn(scan, in, known);
            case Expression.Reference reference -> ofBoolean(scan, reference, reference, true);
            case Expression.Not not when not.operand() instanceof Expression.IsNull isNull ->
                ofNull(scan, not, isNull, Comparison.DISTINCT_FROM);
            case Expression.Not not -> ofBoolean(scan, not, not.operand(), false);
            case Expression.IsNull isNull ->
                ofNull(scan, isNull, isNull, Comparison.NOT_DISTINCT_FROM);
            default -> null;
          };
      if (match != null) {
        found.add(match);
      }
    }
    return found;
  }

  private static KeyMatch ofNull(
      Relation.Scan scan, Expression conjunct, Expression.IsNull test, Comparison comparison) {
    int column = column(scan, test.operand());
    return column < 0 ? null : new KeyMatch(conjunct, column, comparison, List.of());
  }

  private static KeyMatch ofCompare(
      Relation.Scan scan, Expression.Compare compare, Collection<Variable> known) {
    boolean usable =
        switch (compare.comparison()) {
          case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
          case NOT_EQUAL, DISTINCT_FROM, NOT_DISTINCT_FROM -> false;
        };
    if (!usable) {
      return null;
    }
    int left = column(scan, compare.left());
    if (left >= 0 && isKnown(compare.right(), known)) {
      return new KeyMatch(compare, left, compare.comparison(), List.of(compare.right()));
    }
    int right = column(scan, compare.right());
    if (right >= 0 && isKnown(compare.left(), known)) {
      return new KeyMatch(compare, right, compare.comparison().mirrored(), List.of(compare.left()));
    }
    return null;
  }

  private static KeyMatch ofIn(Relation.Scan scan, Expression.In in, Collection<Variable> known) {
    int column = column(scan, in.operand());
    boolean usable = column >= 0 && in.items().stream().allMatch(item -> isKnown(item, known));
    return usable ? new KeyMatch(in, column, Comparison.EQUAL, in.items()) : null;
  }

  /** A boolean column used as a condition: {@code flag} is {@code flag = true}. */
  private static KeyMatch ofBoolean(
      Relation.Scan scan, Expression conjunct, Expression column, boolean value) {
    if (!(column instanceof Expression.Reference)) {
      return null;
    }
    int ordinal = column(scan, column);
    Expression literal = new Expression.Literal(Value.of(value), SqlType.BOOLEAN);
    return ordinal < 0 ? null : new KeyMatch(conjunct, ordinal, Comparison.EQUAL, List.of(literal));
  }

  /** The ordinal of the column that {@code expression} is, an INTEGER widened included; or -1. */
  private static int column(Relation.Scan scan, Expression expression) {
    Expression bare =
        expression instanceof Expression.Cast cast
                && Expressions.keepsKey(cast.operand().type(), cast.type())
            ? cast.operand()
            : expression;
    if (bare instanceof Expression.Reference reference) {
      int position = scan.output().indexOf(reference.variable());
      return position < 0 ? -1 : scan.ordinals().get(position);
    }
    return -1;
  }

  private static boolean isKnown(Expression expression, Collection<Variable> known) {
    return known.containsAll(Expressions.references(expression));
  }
}
