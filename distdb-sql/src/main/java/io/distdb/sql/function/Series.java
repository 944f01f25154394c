// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.sql.vector.Vector;

/** The rows of one call of a function, one after the other. */
public interface Series {
  /** Writes the next value to row {@code at}; false when there is none. */
  boolean next(Vector target, int at);
}
