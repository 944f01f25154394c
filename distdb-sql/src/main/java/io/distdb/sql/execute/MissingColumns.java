// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.codec.RowWriter;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * What ADD COLUMN … DEFAULT gave to the rows that were there already, without writing them: rows
 * say how many columns they have, and those beyond have these values. Immutable.
 */
final class MissingColumns {
  /** By ordinal, in row 0; null where it is NULL. */
  private final Vector[] values;

  private MissingColumns(Vector[] values) {
    this.values = values;
  }

  /** Null for a table without such columns. */
  static MissingColumns of(Table table) {
    Vector[] values = new Vector[table.columns().size()];
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      TableColumn column = table.columns().get(i);
      if (column.missing().isPresent()) {
        values[i] = new Vector(column.type(), 1);
        Cells.read(new RowLayout(List.of(column.type())), column.missing().get(), 0, values[i], 0);
        any = true;
      }
    }
    return any ? new MissingColumns(values) : null;
  }

  Bytes complete(RowLayout layout, Bytes row) {
    if (layout.isComplete(row)) {
      return row;
    }
    int stored = layout.storedColumns(row);
    RowWriter writer = new RowWriter(layout);
    for (int i = 0; i < values.length; i++) {
      if (i < stored) {
        writer.copy(i, row);
      } else if (values[i] == null) {
        writer.setNull(i);
      } else {
        Cells.write(writer, i, values[i], 0);
      }
    }
    return writer.finish();
  }
}
