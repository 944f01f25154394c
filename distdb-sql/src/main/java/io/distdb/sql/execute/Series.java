// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** The rows of one call of a function, one after the other. */
interface Series {
  /** Writes the next value to row {@code at}; false when there is none. */
  boolean next(Vector target, int at);
}
