// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.TableId;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.execute.IndexBuilder;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.NewColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE TABLE and CREATE INDEX. */
final class TableDefinitions {
  private final Definer definer;

  TableDefinitions(Definer definer) {
    this.definer = definer;
  }

  Done create(BoundStatement.CreateTable create) {
    if (create.ifNotExists() && definer.catalog().nameTaken(create.schema(), create.name())) {
      return Done.skipped(
          "CREATE TABLE",
          ErrorCode.DUPLICATE_TABLE,
          "relation \"" + create.name() + "\" already exists");
    }
    definer.permissions().requireCreate(create.schema());
    definer.requireTemporary(create.schema());
    IndexId rows = definer.newIndexId();
    TableId id = new TableId(rows.value());
    List<TableColumn> columns = new ArrayList<>();
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < create.columns().size(); i++) {
      NewColumn column = create.columns().get(i);
      Optional<Sequence> sequence =
          new SequenceDefinitions(definer).forColumn(column, create.schema(), create.name(), id, i);
      sequence.ifPresent(sequences::add);
      columns.add(column(column, sequence));
    }
    Table table =
        new Table(
            id,
            create.schema(),
            create.name(),
            columns,
            create.primaryKey(),
            rows,
            List.of(),
            List.of(),
            List.of());
    CatalogView view = definer.view();
    NewConstraints constraints = new NewConstraints(definer, view);
    for (BoundStatement.NewConstraint constraint : create.constraints()) {
      table = constraints.add(table, constraint);
    }
    for (IndexDefinition copied : create.copied()) {
      table = withCopied(table, copied);
    }
    sequences.forEach(definer.catalog()::createSequence);
    definer.catalog().createTable(table);
    definer.created(id);
    touchReferenced(create.constraints());
    return Done.of("CREATE TABLE");
  }

  /** A column and, when it has a sequence, the default that takes its numbers. */
  static TableColumn column(NewColumn column, Optional<Sequence> sequence) {
    Optional<String> defaultText =
        sequence.map(SequenceDefinitions::nextvalText).or(column::defaultText);
    return new TableColumn(
        column.name(),
        column.type(),
        column.notNull(),
        defaultText,
        column.identity(),
        Optional.empty(),
        column.collation());
  }

  private Table withCopied(Table table, IndexDefinition copied) {
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    indexes.add(
        new IndexDefinition(
            definer.newIndexId(),
            indexName(table, copied.parts()),
            table.id(),
            copied.parts(),
            copied.kind(),
            copied.unique()));
    return table.withIndexes(indexes);
  }

  /** Plans of referenced tables must know of the new references. */
  void touchReferenced(List<BoundStatement.NewConstraint> constraints) {
    List<TableId> touched = new ArrayList<>();
    for (BoundStatement.NewConstraint constraint : constraints) {
      if (constraint instanceof BoundStatement.NewForeignKey key
          && key.referenced().isPresent()
          && !touched.contains(key.referenced().get().id())) {
        touched.add(key.referenced().get().id());
        definer.touch(key.referenced().get());
      }
    }
  }

  // --- indexes ---

  Done createIndex(BoundStatement.CreateIndex create) {
    Table table = create.table();
    definer.permissions().requireOwner(table);
    definer.permissions().requireCreate(table.schema());
    definer.lockForRows(table, "CREATE INDEX");
    table = definer.current(table);
    if (create.name().isPresent()
        && create.ifNotExists()
        && definer.catalog().nameTaken(table.schema(), create.name().get())) {
      return Done.skipped(
          "CREATE INDEX",
          ErrorCode.DUPLICATE_TABLE,
          "relation \"" + create.name().get() + "\" already exists");
    }
    Table before = table;
    IndexDefinition index =
        new IndexDefinition(
            definer.newIndexId(),
            create.name().orElseGet(() -> indexName(before, create.parts())),
            table.id(),
            create.parts(),
            create.kind(),
            create.unique());
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    indexes.add(index);
    definer.catalog().changeTable(before, before.withIndexes(indexes), List.of());
    IndexBuilder.build(table, index, definer.transaction(), definer.cancellation());
    return Done.of("CREATE INDEX");
  }

  /** {@code table_column_idx}, with a number when it is taken. */
  private String indexName(Table table, List<IndexDefinition.Part> parts) {
    String columns =
        ObjectNames.columns(table, parts.stream().map(IndexDefinition.Part::ordinal).toList());
    return ObjectNames.free(
        table.name(), columns, "idx", new NewConstraints(definer, definer.view()).taken(table));
  }
}
