// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Authority;
import io.distdb.sql.catalog.CatalogSnapshot;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Comment;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog in memory, filled by CREATE TABLE and CREATE INDEX. */
final class TestCatalog implements CatalogView {
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private int ids = 1;

  static TestCatalog of(String... statements) {
    TestCatalog catalog = new TestCatalog();
    for (String statement : statements) {
      catalog.execute(statement);
    }
    return catalog;
  }

  void execute(String sql) {
    switch (analyze(sql).statement()) {
      case BoundStatement.CreateTable create -> add(create);
      case BoundStatement.CreateIndex create -> add(create);
      case BoundStatement.DropTable drop -> drop.tables().forEach(t -> tables.remove(t.name()));
      default -> {
        // queries and changes leave the catalog as it is
      }
    }
  }

  Analyzed analyze(String sql, SqlType... parameters) {
    return Analyzer.analyze(SqlParser.parse(sql), this, java.util.Arrays.asList(parameters));
  }

  private void add(BoundStatement.CreateTable create) {
    List<TableColumn> columns = new ArrayList<>();
    create.columns().forEach(c -> columns.add(new TableColumn(c.name(), c.type(), c.notNull())));
    int id = ids++;
    tables.put(
        create.name(),
        new Table(
            new TableId(id),
            create.name(),
            columns,
            create.primaryKey(),
            new IndexId(id),
            List.of()));
  }

  private void add(BoundStatement.CreateIndex create) {
    Table table = create.table();
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    IndexKind kind = create.kind();
    indexes.add(
        new IndexDefinition(
            new IndexId(ids++),
            create.name().orElse("index" + ids),
            table.id(),
            create.parts(),
            kind,
            create.unique()));
    tables.put(
        table.name(),
        new Table(
            table.id(), table.name(), table.columns(), table.primaryKey(), table.rows(), indexes));
  }

  private CatalogView view() {
    return new CatalogSnapshot(
        1,
        new CatalogSnapshot.Contents(
            List.of(),
            List.copyOf(tables.values()),
            List.of(),
            List.of(),
            List.of(),
            Authority.FIRST));
  }

  @Override
  public Authority authority() {
    return Authority.FIRST;
  }

  @Override
  public long schemaVersion() {
    return 1;
  }

  @Override
  public Optional<Table> table(String schema, String name) {
    return view().table(schema, name);
  }

  @Override
  public Optional<Table> table(TableId id) {
    return view().table(id);
  }

  @Override
  public Optional<IndexDefinition> index(String schema, String name) {
    return view().index(schema, name);
  }

  @Override
  public Optional<Sequence> sequence(String schema, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<View> view(String schema, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<Schema> schema(String name) {
    return Optional.empty();
  }

  @Override
  public Collection<Table> tables() {
    return view().tables();
  }

  @Override
  public Collection<Sequence> sequences() {
    return List.of();
  }

  @Override
  public Collection<View> views() {
    return List.of();
  }

  @Override
  public Collection<Schema> schemas() {
    return List.of();
  }

  @Override
  public Collection<Comment> comments() {
    return List.of();
  }
}
