// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.sql.vector.Vector;

/** The first row of a vector as a row of one cell. */
record VectorCells(Vector vector) implements RowCells {
  @Override
  public boolean isNull(int column) {
    return vector.nulls[0];
  }

  @Override
  public long getLong(int column) {
    return vector.longs[0];
  }

  @Override
  public double getDouble(int column) {
    return vector.doubles[0];
  }

  @Override
  public String getText(int column) {
    return vector.texts[0];
  }

  @Override
  public Object getObject(int column) {
    return vector.objects[0];
  }
}
