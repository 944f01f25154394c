// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.Optional;

/**
 * A column that names can refer to.
 *
 * @param table the alias of its table; empty for one that JOIN … USING merged
 * @param expression a reference, or a cast of one when USING merged two types
 */
record ScopeColumn(String table, String name, Expression expression) {
  /** The column for a place in the text. */
  Expression at(SourceSpan span, StatementContext context) {
    return switch (expression) {
      case Expression.Reference reference -> context.reference(reference.variable(), span);
      case Expression.Cast cast when cast.operand() instanceof Expression.Reference reference ->
          cast.over(context.reference(reference.variable(), span));
      default -> expression;
    };
  }

  Optional<Variable> variable() {
    return expression instanceof Expression.Reference reference
        ? Optional.of(reference.variable())
        : Optional.empty();
  }
}
