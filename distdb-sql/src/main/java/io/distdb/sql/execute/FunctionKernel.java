// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.function.Caller;
import io.distdb.sql.function.FunctionCode;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** A call of a {@link FunctionCode}. */
final class FunctionKernel implements Kernel {
  private final int register;
  private final SqlType type;
  private final Kernel[] arguments;
  private final FunctionCode code;
  private final boolean strict;

  /**
   * @param strict whether NULL among the arguments makes NULL without a call
   */
  FunctionKernel(
      int register, SqlType type, List<Kernel> arguments, FunctionCode code, boolean strict) {
    this.register = register;
    this.type = type;
    this.arguments = arguments.toArray(Kernel[]::new);
    this.code = code;
    this.strict = strict;
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector[] values = new Vector[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      values[i] = arguments[i].evaluate(frame, selected, count);
    }
    Caller caller = frame.caller();
    Vector result = frame.register(register, type);
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      boolean isNull = false;
      for (Vector value : values) {
        isNull |= strict && value.nulls[row];
      }
      result.nulls[row] = isNull;
      if (!isNull) {
        code.apply(caller, result, row, values);
      }
    }
    return result;
  }
}
