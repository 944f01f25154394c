// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.external.RowCells;

/**
 * The rows of a query, one at a time, for whoever hands them to a user; the cells are those of the
 * present row.
 */
public interface RowSource extends RowCells {
  boolean next();

  /** May be called twice. */
  void close();
}
