// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.Optional;

/** Evaluates expressions of literals, by the code that would evaluate them at run time. */
public final class Constants {
  private static final Value[] NO_PARAMETERS = {};

  private Constants() {}

  /** The value of an expression without references and parameters; absent when it is an error. */
  public static Optional<Value> evaluate(Expression expression) {
    Program program = ExpressionCompiler.compile(List.of(), List.of(expression));
    try {
      Vector result = program.evaluateConstant(0, program.frame(NO_PARAMETERS));
      return Optional.of(typed(result, expression));
    } catch (DistDbException atRunTime) {
      return Optional.empty();
    }
  }

  /** An INTEGER widened to BIGINT shares its operand's vector; the value must say BIGINT. */
  private static Value typed(Vector result, Expression expression) {
    Vector holder = new Vector(expression.type(), 1);
    holder.set(0, result, 0);
    return holder.get(0);
  }
}
