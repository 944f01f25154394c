// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.sql.vector.Vector;

/** Computes a function for one row, none of whose arguments is NULL. Sets only the value. */
@FunctionalInterface
public interface RowFunction {
  void apply(Vector result, int row, Vector[] arguments);
}
