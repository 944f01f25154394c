// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import java.util.Optional;

/** Values that are known when the plan is made. Used by one thread. */
public final class KnownValues {
  private final Optional<Value[]> parameters;
  private boolean asked;

  private KnownValues(Optional<Value[]> parameters) {
    this.parameters = parameters;
  }

  /** Literals alone: for a plan that serves every value of the parameters. */
  public static KnownValues ofLiterals() {
    return new KnownValues(Optional.empty());
  }

  /** With the values that the parameters have in the run that the plan is made for. */
  public static KnownValues of(Value[] parameters) {
    return new KnownValues(Optional.of(parameters));
  }

  /** Whether the value of a parameter mattered, or would have. */
  public boolean asked() {
    return asked;
  }

  /** Called where statistics say different things of different values. */
  Optional<Value> of(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> Optional.of(literal.value());
      case Expression.Parameter parameter -> {
        asked = true;
        yield parameters
            .filter(values -> parameter.ordinal() < values.length)
            .map(values -> values[parameter.ordinal()]);
      }
      case Expression.Cast cast -> of(cast.operand());
      default -> Optional.empty();
    };
  }
}
