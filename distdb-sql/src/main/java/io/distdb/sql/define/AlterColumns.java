// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.ErrorObject;
import io.distdb.sql.analyze.DefinitionAnalyzer;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.AlterAction;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import io.distdb.sql.parse.IdentifierText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Actions of ALTER TABLE on columns that are there. */
final class AlterColumns {
  private final Definer definer;

  AlterColumns(Definer definer) {
    this.definer = definer;
  }

  /** Answers with a notice, perhaps. */
  Optional<Done.Message> apply(Table table, AlterAction action) {
    switch (action) {
      case SchemaStatement.AddColumn add -> {
        return new AddedColumns(definer).add(table, add).map(Done.Message::ofColumn);
      }
      case SchemaStatement.DropColumn drop -> {
        return new DroppedColumns(definer).drop(table, drop);
      }
      case SchemaStatement.RenameColumn rename -> rename(table, rename);
      case SchemaStatement.AlterType type -> type(table, type);
      case SchemaStatement.SetDefault set -> setDefault(table, set);
      case SchemaStatement.SetNotNull set -> setNotNull(table, set);
      case SchemaStatement.AddIdentity add -> addIdentity(table, add);
      case SchemaStatement.AlterIdentity alter -> alterIdentity(table, alter);
      case SchemaStatement.DropIdentity drop -> {
        return dropIdentity(table, drop).map(Done.Message::notice);
      }
      default ->
          throw new DistDbException(
              ErrorCode.INTERNAL_ERROR, "no action on a column: " + action.getClass());
    }
    return Optional.empty();
  }

  /** The position of a column. */
  static int require(Table table, Name column) {
    int ordinal = table.ordinalOf(column.text());
    if (ordinal < 0) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN,
              "column \"" + column + "\" of relation \"" + table.name() + "\" does not exist")
          .at(column.span().position());
    }
    return ordinal;
  }

  private void change(Table table, int ordinal, TableColumn column) {
    definer.catalog().changeTable(table, table.withColumn(ordinal, column), List.of());
  }

  // --- names and types ---

  private void rename(Table table, SchemaStatement.RenameColumn rename) {
    int ordinal = require(table, rename.from());
    String to = rename.to().text();
    if (table.ordinalOf(to) >= 0) {
      throw new DistDbException(
              ErrorCode.DUPLICATE_COLUMN,
              "column \"" + to + "\" of relation \"" + table.name() + "\" already exists")
          .at(rename.to().span().position());
    }
    for (View view : definer.view().views()) {
      if (uses(view, table, rename.from().text())) {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED,
            "renaming column \""
                + rename.from()
                + "\", which view \""
                + view.name()
                + "\" uses, is not supported yet");
      }
    }
    List<Constraint> constraints = new ArrayList<>();
    for (Constraint constraint : table.constraints()) {
      constraints.add(
          constraint instanceof Constraint.Check check && check.columns().contains(ordinal)
              ? new Constraint.Check(
                  check.name(),
                  check.columns(),
                  IdentifierText.renamed(
                      check.text(), rename.from().text(), ObjectNames.quoted(to)))
              : constraint);
    }
    Table after =
        table
            .withColumn(ordinal, table.columns().get(ordinal).withName(to))
            .withConstraints(constraints);
    definer.catalog().changeTable(table, after, List.of());
  }

  /** Whether a view may read that column: its text has the name, or a star. */
  static boolean uses(View view, Table table, String column) {
    return view.uses().contains(table.id().value())
        && (IdentifierText.contains(view.text(), column) || view.text().contains("*"));
  }

  private void type(Table table, SchemaStatement.AlterType alter) {
    int ordinal = require(table, alter.column());
    TableColumn column = table.columns().get(ordinal);
    DefinitionAnalyzer analyzer = new DefinitionAnalyzer(definer.view(), definer.searchPath());
    TableColumn changed = analyzer.retyped(column, alter);
    for (View view : definer.view().views()) {
      if (uses(view, table, column.name())) {
        throw new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "cannot alter type of a column used by a view or rule")
            .withDetail(
                "view " + view.qualifiedName() + " depends on column \"" + column.name() + "\"");
      }
    }
    if (column.identity().isEmpty()) {
      analyzer.checkDefault(changed);
    }
    List<String> values = AddedConstraints.allColumns(table);
    alter.using().ifPresent(using -> values.set(ordinal, "(" + using.text() + ")"));
    try {
      new Rewrites(definer).rewrite(table, table.withColumn(ordinal, changed), values);
    } catch (DistDbException failure) {
      throw failure.code() == ErrorCode.DATATYPE_MISMATCH ? notAutomatic(alter, changed) : failure;
    }
  }

  private static DistDbException notAutomatic(
      SchemaStatement.AlterType alter, TableColumn changed) {
    String type = changed.type().sqlName();
    DistDbException error =
        new DistDbException(
            ErrorCode.DATATYPE_MISMATCH,
            (alter.using().isPresent() ? "result of USING clause for column \"" : "column \"")
                + changed.name()
                + "\" cannot be cast automatically to type "
                + type);
    return error
        .withHint(
            alter.using().isPresent()
                ? "You might need to add an explicit cast."
                : "You might need to specify \"USING "
                    + ObjectNames.quoted(changed.name())
                    + "::"
                    + type
                    + "\".")
        .at(alter.column().span().position());
  }

  // --- defaults and NOT NULL ---

  private void setDefault(Table table, SchemaStatement.SetDefault set) {
    int ordinal = require(table, set.column());
    TableColumn column = table.columns().get(ordinal);
    refuseIdentity(table, column);
    set.value()
        .ifPresent(value ->
            new DefinitionAnalyzer(definer.view(), definer.searchPath())
                .checkDefault(value, column));
    change(
        table,
        ordinal,
        column.withDefault(set.value().map(SchemaStatement.Default::text), Optional.empty()));
  }

  private static void refuseIdentity(Table table, TableColumn column) {
    if (column.identity().isPresent()) {
      throw new DistDbException(
          ErrorCode.SYNTAX_ERROR,
          "column \""
              + column.name()
              + "\" of relation \""
              + table.name()
              + "\" is an identity column");
    }
  }

  private void setNotNull(Table table, SchemaStatement.SetNotNull set) {
    int ordinal = require(table, set.column());
    TableColumn column = table.columns().get(ordinal);
    if (!set.notNull()) {
      refuseIdentity(table, column);
      if (table.primaryKey().contains(ordinal)) {
        throw new DistDbException(
            ErrorCode.INVALID_TABLE_DEFINITION,
            "column \"" + column.name() + "\" is in a primary key");
      }
    } else if (!column.notNull()) {
      definer.lockForRows(table, "ALTER TABLE");
      if (SqlText.anyRow(
          definer, definer.view(), table, SqlText.column(table, ordinal) + " IS NULL")) {
        throw new DistDbException(
                ErrorCode.NOT_NULL_VIOLATION,
                "column \""
                    + column.name()
                    + "\" of relation \""
                    + table.name()
                    + "\" contains null values")
            .about(ErrorObject.ofColumn(table.schema(), table.name(), column.name()));
      }
    }
    change(table, ordinal, column.withNotNull(set.notNull()));
  }

  // --- identity ---

  private Optional<Sequence> sequenceOf(Table table, int ordinal) {
    return definer.view().sequences().stream()
        .filter(sequence ->
            sequence
                .owner()
                .filter(owner ->
                    owner.internal()
                        && owner.table().equals(table.id())
                        && owner.slot() == table.slotOf(ordinal))
                .isPresent())
        .findFirst();
  }

  private void addIdentity(Table table, SchemaStatement.AddIdentity add) {
    int ordinal = require(table, add.column());
    TableColumn column = table.columns().get(ordinal);
    if (column.identity().isPresent() || column.defaultText().isPresent()) {
      String what =
          column.identity().isPresent()
              ? "is already an identity column"
              : "already has a default value";
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "column \"" + column.name() + "\" of relation \"" + table.name() + "\" " + what);
    }
    if (!column.notNull()) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "column \""
              + column.name()
              + "\" of relation \""
              + table.name()
              + "\" must be declared NOT NULL before identity can be added");
    }
    Sequence options =
        new DefinitionAnalyzer(definer.view(), definer.searchPath())
            .identity(add.identity(), column.type());
    Optional<TableColumn.Identity> identity = Optional.of(kind(add.identity().always()));
    Sequence sequence =
        new SequenceDefinitions(definer)
            .forColumn(
                new io.distdb.sql.logical.BoundStatement.NewColumn(
                    column.name(),
                    column.type(),
                    true,
                    Optional.empty(),
                    identity,
                    Optional.of(options),
                    column.collation()),
                table.schema(),
                table.name(),
                table.id(),
                table.slotOf(ordinal))
            .orElseThrow();
    definer.catalog().createSequence(sequence);
    change(
        table,
        ordinal,
        column.withDefault(Optional.of(SequenceDefinitions.nextvalText(sequence)), identity));
  }

  private static TableColumn.Identity kind(boolean always) {
    return always ? TableColumn.Identity.ALWAYS : TableColumn.Identity.BY_DEFAULT;
  }

  private static DistDbException noIdentity(Table table, TableColumn column) {
    return new DistDbException(
        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
        "column \""
            + column.name()
            + "\" of relation \""
            + table.name()
            + "\" is not an identity column");
  }

  private void alterIdentity(Table table, SchemaStatement.AlterIdentity alter) {
    int ordinal = require(table, alter.column());
    TableColumn column = table.columns().get(ordinal);
    if (column.identity().isEmpty()) {
      throw noIdentity(table, column);
    }
    if (!alter.options().isEmpty()) {
      new SequenceDefinitions(definer)
          .change(sequenceOf(table, ordinal).orElseThrow(), alter.options());
    }
    if (alter.always().isPresent()) {
      change(
          table,
          ordinal,
          column.withDefault(column.defaultText(), Optional.of(kind(alter.always().get()))));
    }
  }

  private Optional<String> dropIdentity(Table table, SchemaStatement.DropIdentity drop) {
    int ordinal = require(table, drop.column());
    TableColumn column = table.columns().get(ordinal);
    if (column.identity().isEmpty()) {
      if (drop.ifExists()) {
        return Optional.of(noIdentity(table, column).getMessage() + ", skipping");
      }
      throw noIdentity(table, column);
    }
    Optional<Sequence> sequence = sequenceOf(table, ordinal);
    change(table, ordinal, column.withDefault(Optional.empty(), Optional.empty()));
    sequence.ifPresent(definer.catalog()::dropSequence);
    return Optional.empty();
  }
}
