// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns and rows of virtual tables from what Java has. */
final class Rows {
  /** In any column whose name ends in {@code _catalog}: stands for the name of the database. */
  static final String CATALOG = "distdb";

  static final String INFORMATION_SCHEMA = "information_schema";

  private Rows() {}

  /** Columns of type text; those whose name ends in {@code #} are integers. */
  static List<View.Column> columns(String... names) {
    return Arrays.stream(names)
        .map(name ->
            name.endsWith("#")
                ? new View.Column(name.substring(0, name.length() - 1), SqlType.INTEGER)
                : new View.Column(name, SqlType.TEXT))
        .toList();
  }

  /** Texts, integers and nulls. */
  static List<Value> row(Object... cells) {
    List<Value> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(
          switch (cell) {
            case null -> Value.NULL;
            case String text -> Value.of(text);
            case Integer number -> Value.of((int) number);
            default -> throw new IllegalArgumentException("no value for " + cell.getClass());
          });
    }
    return row;
  }

  static String yesOrNo(boolean yes) {
    return yes ? "YES" : "NO";
  }
}
