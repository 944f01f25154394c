// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** Computes a function for one row, none of whose arguments is NULL. Sets only the value. */
@FunctionalInterface
interface RowFunction {
  void apply(Vector result, int row, Vector[] arguments);
}
