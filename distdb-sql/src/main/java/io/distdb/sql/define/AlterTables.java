// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.DefinitionAnalyzer;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.AlterAction;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER TABLE: its actions one after another, each on what the one before left. */
final class AlterTables {
  private final Definer definer;
  private final List<Done.Message> messages = new ArrayList<>();

  AlterTables(Definer definer) {
    this.definer = definer;
  }

  Done alter(SchemaStatement.AlterTable alter) {
    Optional<Table> table = definer.names().table(alter.table());
    if (table.isEmpty()) {
      if (alter.ifExists()) {
        return Done.noticed(
            "ALTER TABLE",
            Optional.of("relation \"" + alter.table() + "\" does not exist, skipping"));
      }
      throw MissingObjects.relation(alter.table(), definer.names(), "table");
    }
    definer.permissions().requireOwner(table.get());
    definer.catalog().lockExclusive(table.get().id());
    for (AlterAction action : alter.actions()) {
      apply(definer.current(table.get()), action);
    }
    return Done.told("ALTER TABLE", messages);
  }

  private void apply(Table table, AlterAction action) {
    switch (action) {
      case SchemaStatement.AddConstraint add -> {
        DefinitionAnalyzer analyzer = new DefinitionAnalyzer(definer.view(), definer.searchPath());
        new AddedConstraints(definer).add(table, analyzer.constraint(table, add.constraint()));
      }
      case SchemaStatement.DropConstraint drop -> dropConstraint(table, drop);
      case SchemaStatement.ValidateConstraint validate -> validate(table, validate.constraint());
      case SchemaStatement.RenameConstraint rename -> renameConstraint(table, rename);
      case SchemaStatement.OwnerTo to -> new Owners(definer).table(table, to.owner());
      default -> new AlterColumns(definer).apply(table, action).ifPresent(messages::add);
    }
  }

  private static Constraint require(Table table, Name name) {
    return table
        .constraint(name.text())
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "constraint \""
                        + name
                        + "\" of relation \""
                        + table.name()
                        + "\" does not exist")
                .at(name.span().position()));
  }

  // --- constraints ---

  private void dropConstraint(Table table, SchemaStatement.DropConstraint drop) {
    if (drop.ifExists() && table.constraint(drop.constraint().text()).isEmpty()) {
      messages.add(
          Done.Message.notice(
              "constraint \""
                  + drop.constraint()
                  + "\" of relation \""
                  + table.name()
                  + "\" does not exist, skipping"));
      return;
    }
    Constraint constraint = require(table, drop.constraint());
    boolean key =
        constraint instanceof Constraint.PrimaryKey || constraint instanceof Constraint.Unique;
    if (key) {
      new KeyDependents(definer)
          .release(
              table, constraint.columns(), true, "constraint " + constraint.name(), drop.cascade())
          .ifPresent(messages::add);
    }
    remove(definer.current(table), constraint);
  }

  /** Takes a constraint away that nothing depends on any more. */
  private void remove(Table table, Constraint constraint) {
    List<Constraint> kept =
        table.constraints().stream()
            .filter(other -> !other.name().equals(constraint.name()))
            .toList();
    Table after = table.withConstraints(kept);
    switch (constraint) {
      case Constraint.PrimaryKey ignored ->
          new Rewrites(definer)
              .rewrite(
                  table,
                  after.withRows(after.rows(), List.of()),
                  AddedConstraints.allColumns(table));
      case Constraint.Unique unique -> {
        List<IndexDefinition> indexes =
            table.indexes().stream().filter(index -> !index.id().equals(unique.index())).toList();
        definer.catalog().changeTable(table, after.withIndexes(indexes), List.of());
      }
      case Constraint.Check ignored -> definer.catalog().changeTable(table, after, List.of());
      case Constraint.ForeignKey key -> {
        definer.catalog().changeTable(table, after, List.of());
        definer.view().table(key.referenced()).ifPresent(definer::touch);
      }
    }
  }

  private void validate(Table table, Name name) {
    Constraint constraint = require(table, name);
    if (!(constraint instanceof Constraint.ForeignKey key) || key.validated()) {
      return;
    }
    definer.lockForRows(table, "ALTER TABLE");
    CatalogView view = definer.view();
    Table parent = view.table(key.referenced()).orElseThrow();
    new AddedConstraints(definer).validate(table, parent, key, view);
    replace(
        table,
        constraint,
        key.with(key.name(), key.columns(), key.referencedColumns(), true),
        table.indexes());
  }

  private void renameConstraint(Table table, SchemaStatement.RenameConstraint rename) {
    Constraint constraint = require(table, rename.from());
    String to = rename.to().text();
    if (table.constraint(to).isPresent()) {
      throw new DistDbException(
              ErrorCode.DUPLICATE_OBJECT,
              "constraint \"" + to + "\" for relation \"" + table.name() + "\" already exists")
          .at(rename.to().span().position());
    }
    List<IndexDefinition> indexes =
        table.indexes().stream()
            .map(index ->
                constraint instanceof Constraint.Unique unique && index.id().equals(unique.index())
                    ? Renames.named(index, to)
                    : index)
            .toList();
    replace(table, constraint, constraint.withName(to), indexes);
  }

  private void replace(
      Table table, Constraint before, Constraint after, List<IndexDefinition> indexes) {
    List<Constraint> all = new ArrayList<>();
    table.constraints().forEach(other -> all.add(other.equals(before) ? after : other));
    definer
        .catalog()
        .changeTable(table, table.withConstraints(all).withIndexes(indexes), List.of());
  }
}
