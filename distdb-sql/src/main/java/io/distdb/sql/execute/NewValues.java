// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.vector.Vector;

/** Checks of what SET puts into columns. */
final class NewValues {
  private NewValues() {}

  /**
   * @param ordinals of the columns that are set
   * @param changed new values by ordinal; null where a column stays
   * @param row the row before
   */
  static void checkNotNull(TableCodec table, int[] ordinals, Vector[] changed, Bytes row, int at) {
    for (int ordinal : ordinals) {
      if (changed[ordinal].nulls[at] && table.table.columns().get(ordinal).notNull()) {
        Vector[] whole = new Vector[changed.length];
        for (int i = 0; i < whole.length; i++) {
          whole[i] = new Vector(table.layout.type(i), 1);
          if (changed[i] == null) {
            Cells.read(table.layout, table.complete(row), i, whole[i], 0);
          } else {
            whole[i].set(0, changed[i], at);
          }
        }
        throw ConstraintErrors.notNull(table.table, ordinal, whole, 0);
      }
    }
  }
}
