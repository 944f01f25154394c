// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The equalities of a join condition: {@code left.get(i) = right.get(i)}, each over one side; and
 * what is left of the condition. A key is computed more than once for a row whose partition waits
 * on disk, so none is volatile.
 */
record EquiKeys(List<Expression> left, List<Expression> right, List<Expression> rest) {
  static EquiKeys of(
      List<Expression> conjuncts, List<Variable> leftOutput, List<Variable> rightOutput) {
    EquiKeys keys = new EquiKeys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Expression conjunct : conjuncts) {
      if (conjunct instanceof Expression.Compare compare
          && compare.comparison() == Expression.Comparison.EQUAL) {
        if (isOf(compare.left(), leftOutput) && isOf(compare.right(), rightOutput)) {
          keys.left.add(compare.left());
          keys.right.add(compare.right());
          continue;
        }
        if (isOf(compare.left(), rightOutput) && isOf(compare.right(), leftOutput)) {
          keys.left.add(compare.right());
          keys.right.add(compare.left());
          continue;
        }
      }
      keys.rest.add(conjunct);
    }
    return keys;
  }

  private static boolean isOf(Expression expression, List<Variable> output) {
    Set<Variable> references = Expressions.references(expression);
    return !references.isEmpty()
        && output.containsAll(references)
        && !Expressions.isVolatile(expression);
  }
}
