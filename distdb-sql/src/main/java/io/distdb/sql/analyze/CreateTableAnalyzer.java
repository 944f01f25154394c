// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ColumnDefinition;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.NewColumn;
import io.distdb.sql.logical.BoundStatement.NewConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE TABLE. */
final class CreateTableAnalyzer {
  private final StatementContext context;
  private final SchemaStatement.CreateTable create;
  private final List<NewColumn> columns = new ArrayList<>();
  private final List<Name> columnNames = new ArrayList<>();

  /** As they were written, those of columns first. */
  private final List<SchemaStatement.TableConstraint> written = new ArrayList<>();

  private final List<NewConstraint> copiedConstraints = new ArrayList<>();
  private final List<IndexDefinition> copiedIndexes = new ArrayList<>();

  CreateTableAnalyzer(StatementContext context, SchemaStatement.CreateTable create) {
    this.context = context;
    this.create = create;
  }

  BoundStatement analyze() {
    String name = create.table().name().text();
    String schema =
        create.temporary().isPresent()
            ? context.names().temporarySchema(create.table())
            : context.names().creationSchema(create.table());
    boolean exists = context.names().taken(schema, name);
    if (exists && create.ifNotExists()) {
      return Skipped.taken("CREATE TABLE", name);
    }
    if (exists) {
      throw new DistDbException(
              ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
          .at(create.table().span().position());
    }
    create.elements().forEach(this::element);
    checkColumns();
    List<Integer> primaryKey = primaryKey(schema, name);
    for (int ordinal : primaryKey) {
      columns.set(ordinal, notNull(columns.get(ordinal)));
    }
    List<NewConstraint> constraints = new ArrayList<>(copiedConstraints);
    ConstraintAnalyzer analyzer = new ConstraintAnalyzer(context, subject(schema, name));
    written.forEach(constraint -> constraints.add(analyzer.analyze(constraint)));
    return new BoundStatement.CreateTable(
        schema, name, columns, primaryKey, constraints, copiedIndexes, create.ifNotExists());
  }

  private static NewColumn notNull(NewColumn column) {
    return new NewColumn(
        column.name(),
        column.type(),
        true,
        column.defaultText(),
        column.identity(),
        column.sequence(),
        column.collation());
  }

  private void element(SchemaStatement.TableElement element) {
    switch (element) {
      case ColumnDefinition column -> {
        columns.add(new NewColumns(context).analyze(column));
        columnNames.add(column.name());
        for (SchemaStatement.ColumnConstraint constraint : column.constraints()) {
          if (constraint instanceof SchemaStatement.TableConstraint ofTable) {
            written.add(ofTable);
          }
        }
      }
      case SchemaStatement.Like like -> copy(like);
      case SchemaStatement.TableConstraint constraint -> written.add(constraint);
    }
  }

  // --- LIKE ---

  private void copy(SchemaStatement.Like like) {
    Table table = Tables.require(like.table(), context);
    boolean defaults = like.including().contains("defaults");
    boolean identity = like.including().contains("identity");
    int offset = columns.size();
    for (TableColumn column : table.columns()) {
      boolean isIdentity = column.identity().isPresent();
      columns.add(
          new NewColumn(
              column.name(),
              column.type(),
              column.notNull(),
              isIdentity || !defaults ? Optional.empty() : column.defaultText(),
              isIdentity && identity ? column.identity() : Optional.empty(),
              isIdentity && identity
                  ? SequenceAnalyzer.ownedBy(table, column, context.catalog())
                  : Optional.empty(),
              column.collation()));
      columnNames.add(new Name(like.table().span(), column.name()));
    }
    if (like.including().contains("constraints")) {
      for (Constraint constraint : table.constraints()) {
        if (constraint instanceof Constraint.Check check) {
          copiedConstraints.add(
              new BoundStatement.NewCheck(
                  Optional.of(check.name()), shifted(check.columns(), offset), check.text()));
        }
      }
    }
    if (like.including().contains("indexes")) {
      copyIndexes(table, offset);
    }
  }

  private void copyIndexes(Table table, int offset) {
    if (!table.hasRowId()) {
      copiedConstraints.add(
          new BoundStatement.NewKey(Optional.empty(), true, shifted(table.primaryKey(), offset)));
    }
    for (IndexDefinition index : table.indexes()) {
      if (table.constraintOf(index).isPresent()) {
        List<Integer> ordinals = index.parts().stream().map(IndexDefinition.Part::ordinal).toList();
        copiedConstraints.add(
            new BoundStatement.NewKey(Optional.empty(), false, shifted(ordinals, offset)));
      } else {
        copiedIndexes.add(
            new IndexDefinition(
                index.id(),
                index.name(),
                index.table(),
                index.parts().stream()
                    .map(part ->
                        new IndexDefinition.Part(
                            part.ordinal() + offset, part.descending(), part.nullsFirst()))
                    .toList(),
                index.kind(),
                index.unique()));
      }
    }
  }

  private static List<Integer> shifted(List<Integer> ordinals, int offset) {
    return ordinals.stream().map(ordinal -> ordinal + offset).toList();
  }

  // --- checks ---

  private void checkColumns() {
    if (columns.isEmpty()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "a table without columns is not supported yet")
          .at(create.table().span().position());
    }
    DefinitionAnalyzer.checkColumnCount(columns.size(), create.table().span());
    for (int i = 0; i < columns.size(); i++) {
      Name column = columnNames.get(i);
      if (ordinalOf(column.text()) != i) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_COLUMN, "column \"" + column + "\" specified more than once")
            .at(column.span().position());
      }
    }
  }

  private int ordinalOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private List<Integer> primaryKey(String schema, String name) {
    List<Integer> key = new ArrayList<>();
    boolean found = false;
    for (NewConstraint constraint : copiedConstraints) {
      if (constraint instanceof BoundStatement.NewKey copied && copied.primary()) {
        key.addAll(copied.columns());
        found = true;
      }
    }
    for (SchemaStatement.TableConstraint constraint : written) {
      if (constraint instanceof SchemaStatement.Key own && own.primary()) {
        if (found) {
          throw secondKey(own.span());
        }
        found = true;
        key.addAll(
            ConstraintAnalyzer.keyColumns(
                new ConstraintAnalyzer.Subject(
                    schema, name, tableColumns(), Optional.empty(), List.of()),
                own));
      }
    }
    return key;
  }

  private DistDbException secondKey(SourceSpan span) {
    return new DistDbException(
            ErrorCode.INVALID_TABLE_DEFINITION,
            "multiple primary keys for table \"" + create.table() + "\" are not allowed")
        .withHint("A key of several columns is written PRIMARY KEY (a, b).")
        .at(span.position());
  }

  private List<TableColumn> tableColumns() {
    return columns.stream()
        .map(column -> new TableColumn(column.name(), column.type(), column.notNull()))
        .toList();
  }

  private ConstraintAnalyzer.Subject subject(String schema, String name) {
    ConstraintAnalyzer.Subject plain =
        new ConstraintAnalyzer.Subject(schema, name, tableColumns(), Optional.empty(), List.of());
    List<List<Integer>> keys = new ArrayList<>();
    Optional<List<Integer>> primary = Optional.empty();
    for (SchemaStatement.TableConstraint constraint : written) {
      if (constraint instanceof SchemaStatement.Key key) {
        List<Integer> ordinals = ConstraintAnalyzer.keyColumns(plain, key);
        keys.add(ordinals);
        primary = key.primary() ? Optional.of(ordinals) : primary;
      }
    }
    for (NewConstraint constraint : copiedConstraints) {
      if (constraint instanceof BoundStatement.NewKey key) {
        keys.add(key.columns());
        primary = key.primary() ? Optional.of(key.columns()) : primary;
      }
    }
    return new ConstraintAnalyzer.Subject(schema, name, plain.columns(), primary, keys);
  }
}
