// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.function.FunctionBody;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import java.util.List;

/** The kernel of a call: the function's code, row by row. */
final class FunctionKernels {
  private FunctionKernels() {}

  static Kernel of(ScalarFunction function, List<Kernel> arguments, int register) {
    SqlType type = function.resultType();
    return switch (FunctionRegistry.body(function)) {
      case FunctionBody.OfValues body -> new StrictKernel(register, type, arguments, body.code());
      case FunctionBody.OfCaller body ->
          new FunctionKernel(register, type, arguments, body.code(), body.strict());
    };
  }
}
