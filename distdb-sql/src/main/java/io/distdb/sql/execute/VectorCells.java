// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.external.RowCells;
import io.distdb.sql.vector.Vector;

/** Cells of rows that are kept in vectors. */
abstract class VectorCells implements RowCells {
  /** All rows, or the block of a file that is read. */
  Vector[] columns;

  /** Where the present row is. */
  int current;

  @Override
  public final boolean isNull(int column) {
    return columns[column].nulls[current];
  }

  @Override
  public final long getLong(int column) {
    return columns[column].longs[current];
  }

  @Override
  public final double getDouble(int column) {
    return columns[column].doubles[current];
  }

  @Override
  public final String getText(int column) {
    return columns[column].texts[current];
  }

  @Override
  public final Object getObject(int column) {
    return columns[column].objects[current];
  }
}
