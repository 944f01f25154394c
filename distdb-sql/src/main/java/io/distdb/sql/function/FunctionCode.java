// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.sql.vector.Vector;

/**
 * Computes a function for one row and may ask the statement that calls it. The result is not NULL
 * unless the code says so.
 */
@FunctionalInterface
public interface FunctionCode {
  void apply(Caller caller, Vector result, int row, Vector[] arguments);
}
