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
    return sequence(function) != null || find(function) != null || CodeTable.find(function) != null;
  }

  static Kernel of(ScalarFunction function, List<Kernel> arguments, int register) {
    FunctionCode free = CodeTable.find(function);
    if (free != null) {
      return new FunctionKernel(
          register, function.resultType(), arguments, free, CodeTable.isStrict(function));
    }
    Kernel ofArrays = ArrayKernels.find(function, arguments, register);
    if (ofArrays != null) {
      return ofArrays;
    }
    SessionFunction ofSequences = sequence(function);
    if (ofSequences != null) {
      return new SessionKernel(register, function.resultType(), arguments, ofSequences);
    }
    RowFunction code = find(function);
    Invariant.check(code != null, "no kernel for %s", function);
    return new StrictKernel(register, function.resultType(), arguments, code);
  }

  private static SessionFunction sequence(ScalarFunction function) {
    return SequenceKernels.find(function.name(), function.argumentTypes().size());
  }

  private static RowFunction find(ScalarFunction function) {
    List<SqlType> types = function.argumentTypes();
    if (types.isEmpty()) {
      return null;
    }
    SqlType first = types.get(0);
    return switch (first) {
      case SqlType.Modified modified -> null;
      case SqlType.Array array -> null;
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case SMALLINT, INTEGER, BIGINT -> IntegerFunctions.find(function.name(), types);
            case REAL, DOUBLE_PRECISION ->
                DoubleFunctions.find(
                    function.name(), types.size(), function.resultType() == SqlType.REAL);
            case NUMERIC -> NumericFunctions.find(function.name(), types);
            case TEXT, CHAR -> TextFunctions.find(function.name(), types);
            case BYTEA -> ByteaFunctions.find(function.name(), types);
            case BOOLEAN, VARCHAR, UUID -> null;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> null;
          };
    };
  }
}
