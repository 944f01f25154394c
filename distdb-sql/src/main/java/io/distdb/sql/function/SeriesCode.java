// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.sql.vector.Vector;

/** Opens the rows of a call. */
@FunctionalInterface
interface SeriesCode {
  /**
   * @param arguments their values in row 0, none of them NULL
   */
  Series open(Vector[] arguments, Environment environment);
}
