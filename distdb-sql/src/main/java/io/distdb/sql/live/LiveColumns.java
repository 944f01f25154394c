// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.View;
import java.util.Arrays;
import java.util.List;

/** Columns from text. */
final class LiveColumns {
  private LiveColumns() {}

  /**
   * @param columns {@code name type}, between commas; the types by their short names
   */
  static List<View.Column> of(String columns) {
    return Arrays.stream(columns.split(","))
        .map(column -> column.strip().split(" "))
        .map(parts -> new View.Column(parts[0], type(parts[1])))
        .toList();
  }

  private static SqlType type(String shortName) {
    if (shortName.startsWith("_")) {
      return SqlType.arrayOf(type(shortName.substring(1)));
    }
    for (SqlType.Scalar scalar : SqlType.Scalar.values()) {
      if (scalar.shortName().equals(shortName)) {
        return scalar;
      }
    }
    throw Invariant.unreachable("no type " + shortName);
  }
}
