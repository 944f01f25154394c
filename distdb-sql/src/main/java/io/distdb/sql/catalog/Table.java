// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import java.util.List;

/**
 * A table's definition at one schema version. Rows live in the BTREE index {@code rows}, keyed by
 * the primary key or, without one, by a hidden row id.
 *
 * @param primaryKey ordinals of the key columns, in key order; empty means a hidden row id
 */
public record Table(
    TableId id,
    String name,
    List<TableColumn> columns,
    List<Integer> primaryKey,
    IndexId rows,
    List<IndexDefinition> indexes) {
  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    indexes = List.copyOf(indexes);
  }

  public boolean hasRowId() {
    return primaryKey.isEmpty();
  }

  /** Name of the primary key constraint, as PostgreSQL makes it. */
  public String primaryKeyName() {
    return name + "_pkey";
  }

  /** Position of the column called {@code columnName}, or -1. */
  public int ordinalOf(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(columnName)) {
        return i;
      }
    }
    return -1;
  }
}
