// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that definitions write themselves. */
final class SqlText {
  private SqlText() {}

  static String table(Table table) {
    return ObjectNames.quoted(table.schema()) + "." + ObjectNames.quoted(table.name());
  }

  static String column(Table table, int ordinal) {
    return ObjectNames.quoted(table.columns().get(ordinal).name());
  }

  /** The columns, each after {@code prefix}. */
  static List<String> columns(String prefix, Table table, List<Integer> ordinals) {
    List<String> columns = new ArrayList<>(ordinals.size());
    for (int ordinal : ordinals) {
      columns.add(prefix + column(table, ordinal));
    }
    return columns;
  }

  /** Whether any row of {@code table} satisfies {@code condition}. */
  static boolean anyRow(Definer definer, CatalogView view, Table table, String condition) {
    return firstRow(
            definer, view, "SELECT 1 FROM " + table(table) + " WHERE " + condition + " LIMIT 1")
        .isPresent();
  }

  static Optional<List<Value>> firstRow(Definer definer, CatalogView view, String query) {
    return definer.executor().firstRow(SqlParser.parse(query), view);
  }
}
