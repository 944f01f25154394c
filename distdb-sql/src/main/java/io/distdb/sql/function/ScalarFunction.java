// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.List;

/**
 * A resolved scalar function or arithmetic operator: a name, the exact argument types, the result
 * type. How it is computed is the kernel's, which {@code execute} looks up by identity.
 *
 * @param name lower case; an operator's symbol for operators
 * @param operator whether EXPLAIN prints it infix or prefix
 */
public record ScalarFunction(
    String name,
    List<SqlType> argumentTypes,
    SqlType resultType,
    boolean operator,
    Volatility volatility) {
  public ScalarFunction {
    argumentTypes = List.copyOf(argumentTypes);
  }

  /** An immutable one. */
  public ScalarFunction(
      String name, List<SqlType> argumentTypes, SqlType resultType, boolean operator) {
    this(name, argumentTypes, resultType, operator, Volatility.IMMUTABLE);
  }
}
