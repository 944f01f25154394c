// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import java.util.HashSet;
import java.util.List;

/** Which key of its table a foreign key refers to. */
final class UniqueKeys {
  /**
   * @param name of the constraint; null for a unique index that no constraint made
   * @param columns ordinals, in key order
   */
  record Key(Table table, String name, List<Integer> columns) {}

  private UniqueKeys() {}

  static Key referenced(Constraint.ForeignKey key, CatalogView catalog) {
    Table table = catalog.table(key.referenced()).orElseThrow();
    HashSet<Integer> wanted = new HashSet<>(key.referencedColumns());
    for (Constraint constraint : table.constraints()) {
      boolean unique =
          constraint instanceof Constraint.PrimaryKey || constraint instanceof Constraint.Unique;
      if (unique && new HashSet<>(constraint.columns()).equals(wanted)) {
        return new Key(table, constraint.name(), constraint.columns());
      }
    }
    for (IndexDefinition index : table.indexes()) {
      List<Integer> columns = index.parts().stream().map(IndexDefinition.Part::ordinal).toList();
      if (index.unique() && new HashSet<>(columns).equals(wanted)) {
        return new Key(table, null, columns);
      }
    }
    return new Key(table, null, key.referencedColumns());
  }
}
