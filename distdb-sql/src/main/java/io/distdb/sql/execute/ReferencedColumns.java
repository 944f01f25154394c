// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Variable;
import java.util.List;

/** Which columns an expression reads. */
final class ReferencedColumns {
  private ReferencedColumns() {}

  /**
   * Sets {@code read[i]} for every variable of {@code layout} that {@code expression} refers to.
   */
  static void mark(Expression expression, List<Variable> layout, boolean[] read) {
    for (Variable variable : Expressions.references(expression)) {
      int position = layout.indexOf(variable);
      if (position >= 0) {
        read[position] = true;
      }
    }
  }
}
