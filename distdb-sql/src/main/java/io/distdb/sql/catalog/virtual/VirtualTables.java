// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All tables that are made of the catalog. */
public final class VirtualTables {
  /** Lazily, when the first of them is asked for. */
  private static final class Holder {
    static final List<VirtualTable> ALL =
        Stream.concat(full().stream(), EmptyTable.all().stream()).toList();

    private Holder() {}
  }

  private static List<VirtualTable> full() {
    return List.of(
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
  }

  private VirtualTables() {}

  /**
   * @param schema absent finds none: these schemas are on no search path
   */
  public static Optional<VirtualTable> find(Optional<String> schema, String name) {
    return Holder.ALL.stream()
        .filter(
            table -> schema.filter(table.schema()::equals).isPresent() && table.name().equals(name))
        .findFirst();
  }

  public static List<VirtualTable> all() {
    return Holder.ALL;
  }
}
