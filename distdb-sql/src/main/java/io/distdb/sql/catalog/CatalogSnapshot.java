// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A view held in memory, ordered by name. */
final class CatalogSnapshot implements CatalogView {
  private final long schemaVersion;
  private final Map<String, Table> tables = new TreeMap<>();
  private final Map<String, IndexDefinition> indexes = new TreeMap<>();

  CatalogSnapshot(long schemaVersion, List<Table> tables) {
    this.schemaVersion = schemaVersion;
    for (Table table : tables) {
      this.tables.put(table.name(), table);
      for (IndexDefinition index : table.indexes()) {
        indexes.put(index.name(), index);
      }
    }
  }

  @Override
  public long schemaVersion() {
    return schemaVersion;
  }

  @Override
  public Optional<Table> table(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  @Override
  public Optional<IndexDefinition> index(String name) {
    return Optional.ofNullable(indexes.get(name));
  }

  @Override
  public Collection<Table> tables() {
    return java.util.Collections.unmodifiableCollection(tables.values());
  }
}
