// SPDX-License-Identifier: MIT
package io.distdb.sql.describe;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.text.Texts;
import java.util.List;

/**
 * Names as a session has to write them: with the schema where the search path would not find it.
 *
 * @param searchPath schemas in order, the session's temporary one among them when there is one
 */
public record VisibleNames(CatalogView catalog, List<String> searchPath) {
  public VisibleNames {
    searchPath = List.copyOf(searchPath);
  }

  /** Quoted where that is needed. */
  public String relation(String schema, String name) {
    return isVisible(schema, name) ? Texts.identifier(name) : qualified(schema, name);
  }

  static String qualified(String schema, String name) {
    return Texts.identifier(schema) + "." + Texts.identifier(name);
  }

  /** Whether the name alone finds the relation of that schema. */
  public boolean isVisible(String schema, String name) {
    for (String candidate : searchPath) {
      if (candidate.equals(schema)) {
        return true;
      }
      if (isTaken(candidate, name)) {
        return false;
      }
    }
    return false;
  }

  private boolean isTaken(String schema, String name) {
    return catalog.table(schema, name).isPresent()
        || catalog.index(schema, name).isPresent()
        || catalog.sequence(schema, name).isPresent()
        || catalog.view(schema, name).isPresent()
        || catalog.tables().stream()
            .anyMatch(table -> table.schema().equals(schema) && isKeyOf(table, name));
  }

  /** The index of a primary key has a name among relations, too. */
  private static boolean isKeyOf(Table table, String name) {
    return !table.hasRowId() && table.primaryKeyName().equals(name);
  }
}
