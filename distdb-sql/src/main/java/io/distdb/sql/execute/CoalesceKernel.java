// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** The first argument that is not NULL; each is evaluated for the rows that still have none. */
final class CoalesceKernel implements Kernel {
  private final int register;
  private final SqlType type;
  private final List<Kernel> arguments;

  /**
   * @param register the first of two
   */
  CoalesceKernel(int register, SqlType type, List<Kernel> arguments) {
    this.register = register;
    this.type = type;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector result = frame.register(register, type);
    int[] open = selected;
    int openCount = count;
    for (Kernel argument : arguments) {
      if (openCount == 0) {
        break;
      }
      Vector value = argument.evaluate(frame, open, openCount);
      int[] next = frame.selection(register + 1);
      int kept = 0;
      for (int n = 0; n < openCount; n++) {
        int row = open == null ? n : open[n];
        result.set(row, value, row);
        if (value.nulls[row]) {
          next[kept++] = row;
        }
      }
      open = next;
      openCount = kept;
    }
    return result;
  }
}
