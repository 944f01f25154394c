// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/** How a function is computed. */
public sealed interface FunctionBody {
  /** From values alone; NULL among the arguments makes NULL. */
  record OfValues(RowFunction code) implements FunctionBody {}

  /**
   * From values and what the calling statement knows.
   *
   * @param strict whether NULL among the arguments makes NULL without a call
   */
  record OfCaller(FunctionCode code, boolean strict) implements FunctionBody {}
}
