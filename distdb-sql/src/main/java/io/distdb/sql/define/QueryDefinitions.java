// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.type.RowType;
import io.distdb.sql.analyze.DefinitionAnalyzer;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.analyze.QueryShape;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What is defined by a query: CREATE TABLE AS and views. */
final class QueryDefinitions {
  private final Definer definer;

  QueryDefinitions(Definer definer) {
    this.definer = definer;
  }

  // --- CREATE TABLE AS ---

  Done createTable(SchemaStatement.CreateTableAs create) {
    NameResolver names = definer.names();
    String schema =
        create.temporary().isPresent()
            ? names.temporarySchema(create.table())
            : names.creationSchema(create.table());
    String name = create.table().name().text();
    if (create.ifNotExists() && definer.catalog().nameTaken(schema, name)) {
      return Done.skipped(
          "CREATE TABLE AS", ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
    }
    QueryShape shape = QueryShape.of(create.query(), names.catalog(), definer.searchPath());
    List<View.Column> columns = columns(shape, create.columns(), create.table().span());
    DefinitionAnalyzer.checkColumnCount(columns.size(), create.table().span());
    definer.permissions().requireCreate(schema);
    definer.requireTemporary(schema);
    IndexId rows = definer.newIndexId();
    Table table =
        new Table(
            new TableId(rows.value()),
            schema,
            name,
            columns.stream()
                .map(column -> new TableColumn(column.name(), column.type(), false))
                .toList(),
            List.of(),
            rows,
            List.of(),
            List.of(),
            List.of());
    definer.catalog().createTable(table);
    definer.created(table.id());
    long count = create.withData() ? fill(create.query(), table) : Done.NO_COUNT;
    return create.withData() ? new Done("SELECT", count, List.of()) : Done.of("CREATE TABLE AS");
  }

  private long fill(Query query, Table table) {
    SourceSpan span = query.span();
    TableName target =
        new TableName(
            span, Optional.of(new Name(span, table.schema())), new Name(span, table.name()));
    return definer.executor().change(DataStatement.Insert.all(span, target, query), definer.view());
  }

  /** The query's columns under the names that were given. */
  private static List<View.Column> columns(QueryShape shape, List<Name> given, SourceSpan span) {
    if (given.size() > shape.columns().size()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "too many column names were specified")
          .at(given.get(shape.columns().size()).span().position());
    }
    List<View.Column> columns = new ArrayList<>(shape.columns());
    for (int i = 0; i < given.size(); i++) {
      columns.set(i, new View.Column(given.get(i).text(), columns.get(i).type()));
    }
    HashSet<String> seen = new HashSet<>();
    for (View.Column column : columns) {
      if (column.type() instanceof RowType row) {
        throw new DistDbException(
                ErrorCode.INVALID_TABLE_DEFINITION,
                "column \"" + column.name() + "\" has pseudo-type " + row.sqlName())
            .at(span.position());
      }
      if (!seen.add(column.name())) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_COLUMN,
                "column \"" + column.name() + "\" specified more than once")
            .at(span.position());
      }
    }
    return columns;
  }

  // --- views ---

  Done createView(SchemaStatement.CreateView create) {
    NameResolver names = definer.names();
    CatalogView view = names.catalog();
    QueryShape shape = QueryShape.of(create.query(), view, definer.searchPath());
    boolean temporary = shape.uses().stream().anyMatch(id -> isTemporary(id, view));
    String schema =
        temporary ? names.temporarySchema(create.name()) : names.creationSchema(create.name());
    List<View.Column> columns = columns(shape, create.columns(), create.name().span());
    Optional<View> before = view.view(schema, create.name().name().text());
    boolean replaces = create.orReplace() && before.isPresent();
    View made =
        new View(
            replaces ? before.get().id() : definer.newId(),
            schema,
            create.name().name().text(),
            columns,
            QualifiedText.of(create.text(), create.query().span().start(), shape.bareNames()),
            temporary ? definer.searchPath() : NameResolver.lasting(definer.searchPath()),
            shape.uses());
    definer.permissions().requireCreate(schema);
    if (replaces) {
      definer.permissions().requireOwner(before.get());
      checkReplacement(before.get(), made);
      definer.catalog().changeView(before.get(), made);
    } else {
      definer.catalog().createView(made);
    }
    return Done.of("CREATE VIEW");
  }

  /** A view of temporary tables is temporary itself. */
  private static boolean isTemporary(long id, CatalogView view) {
    return view.table(new TableId(id)).map(Table::schema).filter(Schema::isTemporary).isPresent()
        || view.views().stream()
            .anyMatch(other -> other.id() == id && Schema.isTemporary(other.schema()));
  }

  /** The columns that were there must stay as they are; others may follow. */
  private static void checkReplacement(View before, View after) {
    if (after.columns().size() < before.columns().size()) {
      throw new DistDbException(
          ErrorCode.INVALID_TABLE_DEFINITION, "cannot drop columns from view");
    }
    for (int i = 0; i < before.columns().size(); i++) {
      View.Column old = before.columns().get(i);
      View.Column fresh = after.columns().get(i);
      if (!old.name().equals(fresh.name())) {
        throw new DistDbException(
                ErrorCode.INVALID_TABLE_DEFINITION,
                "cannot change name of view column \""
                    + old.name()
                    + "\" to \""
                    + fresh.name()
                    + "\"")
            .withHint(
                "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
      }
      if (!old.type().equals(fresh.type())) {
        throw new DistDbException(
            ErrorCode.INVALID_TABLE_DEFINITION,
            "cannot change data type of view column \""
                + old.name()
                + "\" from "
                + old.type().sqlName()
                + " to "
                + fresh.type().sqlName());
      }
    }
  }

  Done renameColumn(SchemaStatement.RenameViewColumn rename) {
    NameResolver names = definer.names();
    Optional<View> found = names.view(rename.view());
    if (found.isEmpty()) {
      if (rename.ifExists()) {
        return Done.noticed(
            "ALTER VIEW",
            Optional.of("relation \"" + rename.view() + "\" does not exist, skipping"));
      }
      throw MissingObjects.relation(rename.view(), names, "view");
    }
    View view = found.get();
    definer.permissions().requireOwner(view);
    for (View other : names.catalog().views()) {
      if (other.uses().contains(view.id())) {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED,
            "renaming a column of a view that view \""
                + other.name()
                + "\" uses is not supported yet");
      }
    }
    List<View.Column> columns = new ArrayList<>(view.columns());
    int at = -1;
    for (int i = 0; i < columns.size(); i++) {
      at = columns.get(i).name().equals(rename.from().text()) ? i : at;
    }
    if (at < 0) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN, "column \"" + rename.from() + "\" does not exist")
          .at(rename.from().span().position());
    }
    columns.set(at, new View.Column(rename.to().text(), columns.get(at).type()));
    definer.catalog().changeView(view, view.withColumns(columns));
    return Done.of("ALTER VIEW");
  }
}
