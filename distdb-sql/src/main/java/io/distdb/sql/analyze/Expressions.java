// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.List;
import java.util.Set;

/** Questions about finished expressions. */
final class Expressions {
  private Expressions() {}

  static boolean refersToAny(Expression expression, Set<Variable> variables) {
    return expression instanceof Expression.Reference reference
        ? variables.contains(reference.variable())
        : children(expression).stream().anyMatch(child -> refersToAny(child, variables));
  }

  /** Operands; of a subquery what it reads of the rows around it. */
  static List<Expression> children(Expression expression) {
    return expression instanceof Expression.Subquery subquery
        ? subquery.outer().stream().<Expression>map(Expression.Reference::new).toList()
        : io.distdb.sql.logical.Expressions.operands(expression);
  }
}
