// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Some columns of a batch, in another order, without copying. Belongs to one operator. */
final class ColumnMapping {
  private final int[] positions;
  private final boolean identity;
  private final Batch mapped;

  /**
   * @param wanted variables of {@code layout}
   */
  ColumnMapping(List<Variable> layout, List<Variable> wanted) {
    this(wanted.stream().mapToInt(layout::indexOf).toArray(), layout.equals(wanted));
  }

  private ColumnMapping(int[] positions, boolean identity) {
    this.positions = positions;
    this.identity = identity;
    mapped = new Batch(new Vector[positions.length]);
  }

  /** Another one of the same columns. */
  ColumnMapping fresh() {
    return new ColumnMapping(positions, identity);
  }

  Batch apply(Batch batch) {
    if (identity) {
      return batch;
    }
    for (int i = 0; i < positions.length; i++) {
      mapped.columns[i] = batch.columns[positions[i]];
    }
    mapped.count = batch.count;
    mapped.selected = batch.selected;
    mapped.extent = batch.extent;
    return mapped;
  }
}
