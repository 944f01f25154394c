// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/**
 * Computes a function for one row and may ask the run for its session and whether it is cancelled.
 * The result is not NULL unless the code says so.
 */
@FunctionalInterface
interface FunctionCode {
  void apply(Execution execution, Vector result, int row, Vector[] arguments);
}
