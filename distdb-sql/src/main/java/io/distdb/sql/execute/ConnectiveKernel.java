// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * AND (decided by 0) and OR (decided by 1), three-valued: an operand is evaluated for the rows that
 * the operands before it did not decide.
 */
final class ConnectiveKernel implements Kernel {
  private final int register;
  private final Kernel[] operands;
  private final long decisive;

  ConnectiveKernel(int register, List<Kernel> operands, long decisive) {
    this.register = register;
    this.operands = operands.toArray(Kernel[]::new);
    this.decisive = decisive;
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector result = frame.register(register, SqlType.BOOLEAN);
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      result.longs[row] = 1 - decisive;
      result.nulls[row] = false;
    }
    int[] open = selected;
    int openCount = count;
    for (Kernel operand : operands) {
      if (openCount == 0) {
        break;
      }
      Vector value = operand.evaluate(frame, open, openCount);
      int[] next = frame.selection(register);
      openCount = merge(value, result, open, openCount, next);
      open = next;
    }
    return result;
  }

  /** Of AND: each operand is asked for the rows only that are true of those before it. */
  @Override
  public int select(Frame frame, int[] selected, int count, int[] target) {
    if (decisive != 0) {
      return Kernel.super.select(frame, selected, count, target);
    }
    int[] open = selected;
    int openCount = count;
    for (Kernel operand : operands) {
      if (openCount > 0) {
        openCount = operand.select(frame, open, openCount, target);
        open = target;
      }
    }
    return openCount;
  }

  /** Takes one operand in; the rows still open go to {@code next}, which may be {@code open}. */
  private int merge(Vector value, Vector result, int[] open, int openCount, int[] next) {
    int kept = 0;
    for (int n = 0; n < openCount; n++) {
      int row = open == null ? n : open[n];
      if (value.nulls[row]) {
        result.nulls[row] = true;
        next[kept++] = row;
      } else if (value.longs[row] == decisive) {
        result.nulls[row] = false;
        result.longs[row] = decisive;
      } else {
        next[kept++] = row;
      }
    }
    return kept;
  }
}
