// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.function.Environment;
import io.distdb.sql.vector.Vector;

/**
 * As {@link RowFunction}, for a function that asks the session: its time zone, its clock. Such a
 * function is never folded into a plan.
 */
@FunctionalInterface
interface SessionFunction {
  void apply(Environment environment, Vector result, int row, Vector[] arguments);
}
