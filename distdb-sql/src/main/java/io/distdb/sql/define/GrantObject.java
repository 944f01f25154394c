// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Securable;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.HashMap;
import java.util.Map;

/**
 * Something that has an owner and privileges.
 *
 * @param id 0 for a database
 * @param columns by name: slots of a table, positions of a view
 */
record GrantObject(Securable kind, long id, String name, Map<String, Integer> columns) {
  static GrantObject of(Table table) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      columns.put(table.columns().get(i).name(), table.slotOf(i));
    }
    return new GrantObject(Securable.TABLE, table.id().value(), table.name(), columns);
  }

  static GrantObject of(View view) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < view.columns().size(); i++) {
      columns.put(view.columns().get(i).name(), i);
    }
    return new GrantObject(Securable.VIEW, view.id(), view.name(), columns);
  }

  static GrantObject of(Sequence sequence) {
    return new GrantObject(Securable.SEQUENCE, sequence.id(), sequence.name(), Map.of());
  }

  static GrantObject of(Schema schema) {
    return new GrantObject(Securable.SCHEMA, schema.id(), schema.name(), Map.of());
  }

  static GrantObject ofDatabase(String name) {
    return new GrantObject(Securable.DATABASE, 0, name, Map.of());
  }

  /**
   * @throws DistDbException {@code UNDEFINED_COLUMN}; {@code INVALID_GRANT_OPERATION}: it has none
   */
  int requireColumn(Name column) {
    if (kind != Securable.TABLE && kind != Securable.VIEW) {
      throw new DistDbException(
          ErrorCode.INVALID_GRANT_OPERATION, "column privileges are only valid for relations");
    }
    Integer found = columns.get(column.text());
    if (found == null) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_COLUMN,
          "column \"" + column + "\" of relation \"" + name + "\" does not exist");
    }
    return found;
  }
}
