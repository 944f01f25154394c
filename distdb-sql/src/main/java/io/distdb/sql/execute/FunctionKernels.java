// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.ScalarFunction;
import java.util.List;

/** Finds the code of a function by its name and argument types. */
public final class FunctionKernels {
  private FunctionKernels() {}

  /** Whether this executor can compute {@code function}. */
  public static boolean supports(ScalarFunction function) {
    return find(function) != null;
  }

  static Kernel of(ScalarFunction function, List<Kernel> arguments, int register) {
    RowFunction code = find(function);
    Invariant.check(code != null, "no kernel for %s", function);
    return new StrictKernel(register, function.resultType(), arguments, code);
  }

  private static RowFunction find(ScalarFunction function) {
    List<SqlType> types = function.argumentTypes();
    if (types.isEmpty()) {
      return null;
    }
    if (types.get(0).equals(SqlType.TEXT)) {
      return TextFunctions.find(function.name(), types);
    }
    return types.get(0).equals(SqlType.DOUBLE_PRECISION)
        ? DoubleFunctions.find(function.name(), types.size())
        : IntegerFunctions.find(function.name(), types);
  }
}
