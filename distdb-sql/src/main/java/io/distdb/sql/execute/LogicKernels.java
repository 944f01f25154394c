// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;

/** NOT and IS NULL. */
final class LogicKernels {
  private LogicKernels() {}

  static Kernel not(int register, Kernel operand) {
    return (frame, selected, count) -> {
      Vector value = operand.evaluate(frame, selected, count);
      Vector result = frame.register(register, SqlType.BOOLEAN);
      for (int n = 0; n < count; n++) {
        int row = selected == null ? n : selected[n];
        result.nulls[row] = value.nulls[row];
        result.longs[row] = value.longs[row] ^ 1;
      }
      return result;
    };
  }

  static Kernel isNull(int register, Kernel operand) {
    return (frame, selected, count) -> {
      Vector value = operand.evaluate(frame, selected, count);
      Vector result = frame.register(register, SqlType.BOOLEAN);
      for (int n = 0; n < count; n++) {
        int row = selected == null ? n : selected[n];
        result.nulls[row] = false;
        result.longs[row] = value.nulls[row] ? 1 : 0;
      }
      return result;
    };
  }
}
