// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tables and their parts, for {@code \d} and {@code \dt}. */
final class Describe {
  private final Supplier<CatalogView> catalog;
  private final PrintWriter out;

  Describe(Supplier<CatalogView> catalog, PrintWriter out) {
    this.catalog = catalog;
    this.out = out;
  }

  void tables() {
    List<Table> tables =
        catalog.get().tables().stream().sorted(Comparator.comparing(Table::name)).toList();
    if (tables.isEmpty()) {
      out.println("There are no tables.");
      return;
    }
    int width = tables.stream().mapToInt(table -> table.name().length()).max().orElseThrow();
    out.println("List of tables");
    for (Table table : tables) {
      out.println(
          " "
              + padded(table.name(), width)
              + " | "
              + counted(table.columns().size(), "column", "columns")
              + ", "
              + counted(table.indexes().size(), "secondary index", "secondary indexes"));
    }
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  void table(String name) {
    Table table =
        catalog
            .get()
            .table(name)
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
                    .withHint("\\dt lists the tables."));
    int width = table.columns().stream().mapToInt(column -> column.name().length()).max().orElse(0);
    out.println("Table \"" + table.name() + "\"");
    for (TableColumn column : table.columns()) {
      out.println(
          " "
              + padded(column.name(), width)
              + " | "
              + column.type().sqlName()
              + (column.notNull() ? " not null" : ""));
    }
    if (!table.hasRowId() || !table.indexes().isEmpty()) {
      out.println("Indexes:");
    }
    if (!table.hasRowId()) {
      String columns =
          table.primaryKey().stream()
              .map(ordinal -> table.columns().get(ordinal).name())
              .collect(Collectors.joining(", "));
      out.println("    \"" + table.primaryKeyName() + "\" PRIMARY KEY, btree (" + columns + ")");
    }
    table.indexes().forEach(index -> out.println("    " + describe(index, table)));
  }

  private static String describe(IndexDefinition index, Table table) {
    String kind =
        switch (index.kind()) {
          case BTREE -> "btree";
          case HASH -> "hash";
        };
    String columns =
        index.parts().stream()
            .map(part ->
                table.columns().get(part.ordinal()).name() + (part.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", "));
    String unique = index.unique() ? "UNIQUE, " : "";
    return "\"" + index.name() + "\" " + unique + kind + " (" + columns + ")";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
