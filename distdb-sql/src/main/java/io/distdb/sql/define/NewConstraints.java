// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexKind;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement.NewCheck;
import io.distdb.sql.logical.BoundStatement.NewConstraint;
import io.distdb.sql.logical.BoundStatement.NewForeignKey;
import io.distdb.sql.logical.BoundStatement.NewKey;
import java.util.ArrayList;
import java.util.List;

/** Gives constraints their names and indexes, and adds them to definitions. Writes nothing. */
final class NewConstraints {
  private final Definer definer;
  private final CatalogView view;

  NewConstraints(Definer definer, CatalogView view) {
    this.definer = definer;
    this.view = view;
  }

  /**
   * {@code table} with {@code constraint}; rows and other tables are the caller's.
   *
   * @throws DistDbException {@code DUPLICATE_OBJECT}: it has one of that name
   */
  Table add(Table table, NewConstraint constraint) {
    constraint
        .name()
        .filter(name -> table.constraint(name).isPresent())
        .ifPresent(name -> {
          throw new DistDbException(
              ErrorCode.DUPLICATE_OBJECT,
              "constraint \"" + name + "\" for relation \"" + table.name() + "\" already exists");
        });
    return switch (constraint) {
      case NewKey key -> key.primary() ? primaryKey(table, key) : unique(table, key);
      case NewCheck check ->
          with(table, new Constraint.Check(checkName(table, check), check.columns(), check.text()));
      case NewForeignKey key -> with(table, foreignKey(table, key));
    };
  }

  private static Table with(Table table, Constraint constraint) {
    List<Constraint> all = new ArrayList<>(table.constraints());
    all.add(constraint);
    return table.withConstraints(all);
  }

  private Table primaryKey(Table table, NewKey key) {
    String name =
        key.name().orElseGet(() -> ObjectNames.free(table.name(), "", "pkey", taken(table)));
    return with(table, new Constraint.PrimaryKey(name, key.columns()));
  }

  private Table unique(Table table, NewKey key) {
    String name =
        key.name()
            .orElseGet(() ->
                ObjectNames.free(
                    table.name(), ObjectNames.columns(table, key.columns()), "key", taken(table)));
    IndexDefinition index =
        new IndexDefinition(
            definer.newIndexId(),
            name,
            table.id(),
            key.columns().stream()
                .map(ordinal -> new IndexDefinition.Part(ordinal, false, false))
                .toList(),
            IndexKind.BTREE,
            true);
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    indexes.add(index);
    return with(table.withIndexes(indexes), new Constraint.Unique(name, key.columns(), index.id()));
  }

  /** Whether a relation, or an index of the definition that is being made, has a name. */
  java.util.function.Predicate<String> taken(Table table) {
    return name ->
        name.equals(table.name())
            || table.constraint(name).isPresent()
            || table.indexes().stream().anyMatch(index -> index.name().equals(name))
            || definer.catalog().nameTaken(table.schema(), name);
  }

  private String checkName(Table table, NewCheck check) {
    String columns = check.columns().size() == 1 ? ObjectNames.columns(table, check.columns()) : "";
    return check
        .name()
        .orElseGet(() ->
            ObjectNames.free(
                table.name(),
                columns,
                "check",
                name -> ObjectNames.isConstraint(view, table, name)));
  }

  private Constraint foreignKey(Table table, NewForeignKey key) {
    key.referenced()
        .ifPresent(referenced ->
            definer.permissions().requireReferences(referenced, key.referencedColumns()));
    String name =
        key.name()
            .orElseGet(() ->
                ObjectNames.free(
                    table.name(),
                    ObjectNames.columns(table, key.columns()),
                    "fkey",
                    candidate -> ObjectNames.isConstraint(view, table, candidate)));
    return new Constraint.ForeignKey(
        name,
        key.columns(),
        key.referenced().map(Table::id).orElse(table.id()),
        key.referencedColumns(),
        key.matchFull(),
        key.onDelete(),
        key.onUpdate(),
        key.deferrable(),
        key.initiallyDeferred(),
        !key.notValid());
  }
}
