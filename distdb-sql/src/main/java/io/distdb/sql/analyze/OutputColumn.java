// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import java.util.Optional;

/**
 * A column of a SELECT, over what FROM gives.
 *
 * @param unknown the constant or parameter whose type is still open; {@code expression} is NULL
 *     until it is settled
 */
record OutputColumn(
    String name, Expression expression, SourceSpan span, Optional<Operand> unknown) {
  OutputColumn(String name, Expression expression, SourceSpan span) {
    this(name, expression, span, Optional.empty());
  }
}
