// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.Environment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code pg_constraint}. The condition of a check is its own text where PostgreSQL has a tree. */
final class PgConstraint {
  private PgConstraint() {}

  static void addTo(PgRows rows, Environment environment) {
    CatalogView catalog = environment.catalog();
    for (CatalogObjects.OfConstraint each : catalog.objects().constraints()) {
      rows.add()
          .set("oid", each.oid())
          .set("conname", each.constraint().name())
          .set("connamespace", PgNamespace.oid(environment, each.table().schema()))
          .set("convalidated", true)
          .set("conrelid", Oids.of(each.table()))
          .set("confupdtype", " ")
          .set("confdeltype", " ")
          .set("confmatchtype", " ")
          .set("conislocal", true)
          .set("connoinherit", true)
          .set("conkey", numbers(each.table(), each.constraint().columns()));
      fill(rows, each.table(), each.constraint(), catalog);
    }
  }

  private static void fill(PgRows rows, Table table, Constraint constraint, CatalogView catalog) {
    switch (constraint) {
      case Constraint.PrimaryKey key -> rows.set("contype", "p").set("conindid", Oids.ofKey(table));
      case Constraint.Unique unique ->
          rows.set("contype", "u").set("conindid", Oids.of(unique.index().value()));
      case Constraint.Check check ->
          rows.set("contype", "c").set("connoinherit", false).set("conbin", check.text());
      case Constraint.ForeignKey key -> {
        Table referenced = catalog.table(key.referenced()).orElseThrow();
        List<Long> equal =
            key.referencedColumns().stream()
                .map(column -> PgOperator.equality(referenced.columns().get(column).type()))
                .toList();
        rows.set("contype", "f")
            .set("condeferrable", key.deferrable())
            .set("condeferred", key.initiallyDeferred())
            .set("convalidated", key.validated())
            .set("conindid", index(referenced, key.referencedColumns()))
            .set("confrelid", Oids.of(referenced))
            .set("confupdtype", letter(key.onUpdate()))
            .set("confdeltype", letter(key.onDelete()))
            .set("confmatchtype", key.matchFull() ? "f" : "s")
            .set("confkey", numbers(referenced, key.referencedColumns()))
            .set("conpfeqop", equal)
            .set("conppeqop", equal)
            .set("conffeqop", equal);
      }
    }
  }

  /** The numbers of columns, as {@link PgAttribute} has them. */
  static List<Integer> numbers(Table table, List<Integer> columns) {
    return columns.stream().map(column -> table.slotOf(column) + 1).toList();
  }

  private static String letter(ReferenceAction action) {
    return switch (action) {
      case NO_ACTION -> "a";
      case RESTRICT -> "r";
      case CASCADE -> "c";
      case SET_NULL -> "n";
      case SET_DEFAULT -> "d";
    };
  }

  /** The unique index over these columns, or 0. */
  static long index(Table table, List<Integer> columns) {
    Set<Integer> wanted = new HashSet<>(columns);
    if (!table.hasRowId() && new HashSet<>(table.primaryKey()).equals(wanted)) {
      return Oids.ofKey(table);
    }
    for (IndexDefinition index : table.indexes()) {
      Set<Integer> parts = new HashSet<>();
      index.parts().forEach(part -> parts.add(part.ordinal()));
      if (index.unique() && parts.equals(wanted)) {
        return Oids.of(index);
      }
    }
    return 0;
  }
}
