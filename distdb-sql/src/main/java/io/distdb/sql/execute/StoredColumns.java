// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.codec.RowWriter;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Single values as rows of one column, in which the catalog keeps what older rows are missing. */
public final class StoredColumns {
  private StoredColumns() {}

  /**
   * @param value of {@code type}, not NULL
   */
  public static Bytes row(Value value, SqlType type) {
    Vector vector = new Vector(type, 1);
    vector.set(0, value);
    RowWriter writer = new RowWriter(new RowLayout(List.of(type)));
    Cells.write(writer, 0, vector, 0);
    return writer.finish();
  }
}
