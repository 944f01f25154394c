// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.type.SqlType;
import java.util.List;

/**
 * A view: a query as it was written, with what its names meant then.
 *
 * @param searchPath schemas that names without one are looked for in, in order
 * @param uses ids of the tables, views and sequences that it reads
 */
public record View(
    long id,
    String schema,
    String name,
    List<Column> columns,
    String text,
    List<String> searchPath,
    List<Long> uses) {
  public View {
    columns = List.copyOf(columns);
    searchPath = List.copyOf(searchPath);
    uses = List.copyOf(uses);
  }

  public record Column(String name, SqlType type) {}

  public View withName(String newSchema, String newName) {
    return new View(id, newSchema, newName, columns, text, searchPath, uses);
  }

  public View withColumns(List<Column> newColumns) {
    return new View(id, schema, name, newColumns, text, searchPath, uses);
  }

  public String qualifiedName() {
    boolean bare = schema.equals(Table.PUBLIC) || Schema.isTemporary(schema);
    return bare ? name : schema + "." + name;
  }
}
