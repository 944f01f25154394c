// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import java.util.List;
import java.util.Optional;

/** All tables that are made of the catalog. */
public final class VirtualTables {
  private static final List<VirtualTable> ALL =
      List.of(
          new Schemata(),
          new TablesTable(),
          new ColumnsTable(),
          new ViewsTable(),
          new TableConstraints(),
          new KeyColumnUsage(),
          new ReferentialConstraints(),
          new ConstraintColumnUsage(),
          new CheckConstraints(),
          new SequencesTable(),
          new DefinitionsTable());

  private VirtualTables() {}

  /**
   * @param schema absent finds none: these schemas are on no search path
   */
  public static Optional<VirtualTable> find(Optional<String> schema, String name) {
    return ALL.stream()
        .filter(
            table -> schema.filter(table.schema()::equals).isPresent() && table.name().equals(name))
        .findFirst();
  }

  public static List<VirtualTable> all() {
    return ALL;
  }
}
