// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Foreign keys that need a unique key which is about to go. */
final class KeyDependents {
  private final Definer definer;

  KeyDependents(Definer definer) {
    this.definer = definer;
  }

  /**
   * Drops the foreign keys that nothing else would serve, when {@code cascade}.
   *
   * @param columns of the key that goes
   * @param unique whether it was one at all
   * @return what went along
   * @throws io.distdb.api.error.DistDbException {@code DEPENDENT_OBJECTS_STILL_EXIST}
   */
  Optional<Done.Message> release(
      Table table, List<Integer> columns, boolean unique, String what, boolean cascade) {
    if (!unique || keysOver(table, columns) > 1) {
      return Optional.empty();
    }
    Drops drops = new Drops(definer);
    boolean any = false;
    NameResolver names = definer.names();
    for (Table other : names.catalog().referencing(table.id())) {
      for (Constraint.ForeignKey key : other.foreignKeys()) {
        if (key.referenced().equals(table.id()) && same(key.referencedColumns(), columns)) {
          drops.foreignKey(other, key, "index " + what.substring(what.indexOf(' ') + 1));
          any = true;
        }
      }
    }
    return any ? drops.run(what + " on table " + table.qualifiedName(), cascade) : Optional.empty();
  }

  private static boolean same(List<Integer> left, List<Integer> right) {
    return left.size() == right.size() && new HashSet<>(left).equals(new HashSet<>(right));
  }

  private static int keysOver(Table table, List<Integer> columns) {
    int keys = same(table.primaryKey(), columns) ? 1 : 0;
    for (IndexDefinition index : table.indexes()) {
      List<Integer> own = index.parts().stream().map(IndexDefinition.Part::ordinal).toList();
      keys += index.unique() && same(own, columns) ? 1 : 0;
    }
    return keys;
  }
}
