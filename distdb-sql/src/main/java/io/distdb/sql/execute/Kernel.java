// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/** A compiled expression. Immutable and shared between executions: what changes is in the frame. */
@FunctionalInterface
interface Kernel {
  /**
   * Evaluates the expression for some rows of the frame's batch, and for no other: a row that is
   * not asked for raises no error.
   *
   * @param selected positions of the rows, or null for 0 to {@code count - 1}
   * @return a vector with the results at those positions; the kernel's until it is called again
   */
  Vector evaluate(Frame frame, int[] selected, int count);

  /**
   * Evaluates the boolean expression for some rows, and writes the positions of those for which it
   * is true to {@code target}, which may be {@code selected}.
   *
   * @return how many there are
   */
  default int select(Frame frame, int[] selected, int count, int[] target) {
    Vector result = evaluate(frame, selected, count);
    int kept = 0;
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      target[kept] = row;
      kept += !result.nulls[row] && result.longs[row] != 0 ? 1 : 0;
    }
    return kept;
  }
}
