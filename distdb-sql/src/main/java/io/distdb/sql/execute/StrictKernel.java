// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.function.RowFunction;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** A function that is NULL when an argument is, and is computed for the other rows only. */
final class StrictKernel implements Kernel {
  private final int register;
  private final SqlType type;
  private final Kernel[] arguments;
  private final RowFunction function;

  StrictKernel(int register, SqlType type, List<Kernel> arguments, RowFunction function) {
    this.register = register;
    this.type = type;
    this.arguments = arguments.toArray(Kernel[]::new);
    this.function = function;
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector[] values = new Vector[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      values[i] = arguments[i].evaluate(frame, selected, count);
    }
    Vector result = frame.register(register, type);
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      boolean isNull = false;
      for (Vector value : values) {
        isNull |= value.nulls[row];
      }
      result.nulls[row] = isNull;
      if (!isNull) {
        function.apply(result, row, values);
      }
    }
    return result;
  }
}
