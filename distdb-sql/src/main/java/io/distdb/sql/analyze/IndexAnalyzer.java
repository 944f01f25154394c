// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexKind;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE INDEX and DROP INDEX, in PostgreSQL's form and in the heritage form. */
final class IndexAnalyzer {
  /** As in PostgreSQL. */
  static final int INDEX_COLUMNS_MAX = 32;

  private final StatementContext context;

  IndexAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement create(SchemaStatement.CreateIndex create) {
    Table table = Tables.require(create.table(), context);
    if (create.name().isPresent()
        && context.names().taken(table.schema(), create.name().get().text())) {
      String name = create.name().get().text();
      if (create.ifNotExists()) {
        return Skipped.taken("CREATE INDEX", name);
      }
      throw new DistDbException(
              ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
          .at(create.name().get().span().position());
    }
    IndexKind kind = kind(create.method());
    return new BoundStatement.CreateIndex(
        create.name().map(Name::text),
        table,
        parts(create, table, kind),
        kind,
        create.unique(),
        create.ifNotExists());
  }

  private static IndexKind kind(Optional<Name> method) {
    if (method.isEmpty()) {
      return IndexKind.BTREE;
    }
    return switch (method.get().text()) {
      case "btree" -> IndexKind.BTREE;
      case "hash" -> IndexKind.HASH;
      case "gist", "gin", "spgist", "brin" ->
          throw new DistDbException(
                  ErrorCode.FEATURE_NOT_SUPPORTED,
                  "access method \"" + method.get() + "\" is not supported yet")
              .withHint("Use btree or hash.")
              .at(method.get().span().position());
      default ->
          throw new DistDbException(
                  ErrorCode.UNDEFINED_OBJECT,
                  "access method \"" + method.get() + "\" does not exist")
              .withHint("Use btree or hash.")
              .at(method.get().span().position());
    };
  }

  private static List<IndexDefinition.Part> parts(
      SchemaStatement.CreateIndex create, Table table, IndexKind kind) {
    if (create.columns().size() > INDEX_COLUMNS_MAX) {
      throw new DistDbException(
              ErrorCode.TOO_MANY_COLUMNS,
              "cannot use more than " + INDEX_COLUMNS_MAX + " columns in an index")
          .at(create.columns().get(INDEX_COLUMNS_MAX).column().span().position());
    }
    List<IndexDefinition.Part> parts = new ArrayList<>(create.columns().size());
    for (SchemaStatement.IndexColumn column : create.columns()) {
      int ordinal = table.ordinalOf(column.column().text());
      if (ordinal < 0) {
        throw new DistDbException(
                ErrorCode.UNDEFINED_COLUMN, "column \"" + column.column() + "\" does not exist")
            .at(column.column().span().position());
      }
      if (kind == IndexKind.HASH && (column.descending() || column.nullsFirst().isPresent())) {
        throw new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "access method \"hash\" does not support ASC/DESC or NULLS FIRST/LAST options")
            .at(column.column().span().position());
      }
      boolean nullsFirst = column.nullsFirst().orElse(column.descending());
      parts.add(new IndexDefinition.Part(ordinal, column.descending(), nullsFirst));
    }
    return parts;
  }

  BoundStatement drop(SchemaStatement.DropIndex drop) {
    List<IndexDefinition> indexes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Optional<Table> table = drop.table().map(name -> Tables.require(name, context));
    for (TableName name : drop.indexes()) {
      Optional<IndexDefinition> index = find(name, table);
      if (index.isEmpty()) {
        if (!drop.ifExists()) {
          throw undefined(name, table);
        }
        missing.add("index \"" + name + "\" does not exist, skipping");
      } else if (!indexes.contains(index.get())) {
        indexes.add(index.get());
      }
    }
    return indexes.isEmpty()
        ? Skipped.missing("DROP INDEX", missing)
        : new BoundStatement.DropIndex(indexes, drop.cascade(), missing);
  }

  private Optional<IndexDefinition> find(TableName name, Optional<Table> table) {
    return context
        .names()
        .index(name)
        .filter(index -> table.isEmpty() || table.get().id().equals(index.table()));
  }

  private DistDbException undefined(TableName name, Optional<Table> table) {
    String text = name.name().text();
    if (context.catalog().table(text).isPresent()) {
      return new DistDbException(ErrorCode.WRONG_OBJECT_TYPE, "\"" + name + "\" is not an index")
          .withHint("Use DROP TABLE to remove a table.")
          .at(name.span().position());
    }
    String where = table.map(t -> " on table \"" + t.name() + "\"").orElse("");
    DistDbException error =
        new DistDbException(
                ErrorCode.UNDEFINED_OBJECT, "index \"" + name + "\"" + where + " does not exist")
            .at(name.span().position());
    List<String> names =
        context.catalog().tables().stream()
            .flatMap(t -> t.indexes().stream())
            .map(IndexDefinition::name)
            .sorted()
            .toList();
    return Suggestion.nearest(text, names)
        .map(near -> error.withHint("Perhaps you meant \"" + near + "\"."))
        .orElse(error);
  }
}
