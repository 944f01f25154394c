// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.text.Texts;
import java.util.List;
import java.util.stream.Collectors;

/** Names as statements have them: quoted where they must be, never without their schema. */
final class Names {
  private Names() {}

  static String of(String name) {
    return Texts.identifier(name);
  }

  static String of(String schema, String name) {
    return Texts.identifier(schema) + "." + Texts.identifier(name);
  }

  static String of(Table table) {
    return of(table.schema(), table.name());
  }

  /** The names of the columns in parentheses. */
  static String columns(Table table, List<Integer> ordinals) {
    return ordinals.stream()
        .map(ordinal -> of(table.columns().get(ordinal).name()))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
