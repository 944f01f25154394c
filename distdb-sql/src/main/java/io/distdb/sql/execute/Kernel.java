// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

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
}
