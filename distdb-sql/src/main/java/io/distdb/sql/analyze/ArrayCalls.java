// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.function.ArrayFunctions;
import io.distdb.sql.function.ArrayFunctions.Kind;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls of the functions and operators whose arguments are arrays of any type: the element type is
 * found first, then arguments are converted to it (PostgreSQL documentation, 38.2.5: {@code
 * anycompatiblearray}, {@code anycompatible}).
 */
final class ArrayCalls {
  private final Coercion coercion;

  ArrayCalls(Coercion coercion) {
    this.coercion = coercion;
  }

  /** The call, or nothing when there is no such function of these arguments. */
  Optional<Expression> call(String name, List<Operand> operands) {
    for (ArrayFunctions.Signature signature : ArrayFunctions.named(name)) {
      Optional<Expression> call = call(signature, operands);
      if (call.isPresent()) {
        return call;
      }
    }
    return Optional.empty();
  }

  private Optional<Expression> call(ArrayFunctions.Signature signature, List<Operand> operands) {
    if (signature.arguments().size() != operands.size()) {
      return Optional.empty();
    }
    Optional<SqlType> element = element(signature, operands);
    if (element.isEmpty()) {
      return Optional.empty();
    }
    List<Expression> arguments = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      SqlType type = signature.arguments().get(i).type(element.get());
      Optional<Expression> argument =
          coercion.convert(operands.get(i), type, CastStrength.IMPLICIT);
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(argument.get());
      types.add(type);
    }
    SqlType result = signature.result().type(element.get());
    return Optional.of(
        new Expression.Call(ArrayFunctions.function(signature.name(), result, types), arguments));
  }

  /** The common type of elements; TEXT where the signature asks for none. */
  private static Optional<SqlType> element(
      ArrayFunctions.Signature signature, List<Operand> operands) {
    List<SqlType> found = new ArrayList<>();
    boolean asked = false;
    for (int i = 0; i < operands.size(); i++) {
      Kind kind = signature.arguments().get(i);
      SqlType type = operands.get(i).type();
      asked |= kind == Kind.ARRAY || kind == Kind.ELEMENT;
      if (type == null || kind != Kind.ARRAY && kind != Kind.ELEMENT) {
        continue;
      }
      if (kind == Kind.ARRAY != type instanceof SqlType.Array) {
        return Optional.empty();
      }
      found.add(
          type instanceof SqlType.Array array ? array.element().unmodified() : type.unmodified());
    }
    if (!asked) {
      return Optional.of(SqlType.TEXT);
    }
    return found.isEmpty() ? Optional.empty() : CommonType.ofTypes(found);
  }
}
