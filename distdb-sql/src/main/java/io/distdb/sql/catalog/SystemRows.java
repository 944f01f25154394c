// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.codec.RowWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of the system tables from Java values: texts, numbers, booleans, null. */
final class SystemRows {
  private SystemRows() {}

  static Bytes row(RowLayout layout, Object... values) {
    RowWriter writer = new RowWriter(layout);
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> writer.setNull(i);
        case String text -> writer.setText(i, text);
        case Boolean flag -> writer.setLong(i, flag ? 1 : 0);
        case Number number -> writer.setLong(i, number.longValue());
        default -> throw new IllegalArgumentException("no cell for " + values[i].getClass());
      }
    }
    return writer.finish();
  }

  /** Numbers joined by commas. */
  static String list(List<? extends Number> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(","));
  }
}
