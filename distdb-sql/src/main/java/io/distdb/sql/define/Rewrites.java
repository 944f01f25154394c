// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.ErrorObject;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.sql.catalog.CatalogSnapshot;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores a table anew under another definition: a shadow table with indexes of its own is filled by
 * one INSERT … SELECT, then the definition takes the shadow's indexes over. The old ones stay for
 * snapshots that see them.
 */
final class Rewrites {
  private static final String SHADOW = "\u0001shadow";

  private final Definer definer;

  Rewrites(Definer definer) {
    this.definer = definer;
  }

  /**
   * @param after the new definition; its rows and indexes get new ids
   * @param values what its columns get, as SQL over those of {@code before}
   * @return {@code after} as it is stored
   */
  Table rewrite(Table before, Table after, List<String> values) {
    definer.lockForRows(before, "ALTER TABLE");
    IndexId rows = definer.newIndexId();
    Map<IndexId, IndexId> ids = new HashMap<>();
    List<IndexDefinition> indexes = new ArrayList<>();
    for (IndexDefinition index : after.indexes()) {
      IndexId id = definer.newIndexId();
      ids.put(index.id(), id);
      indexes.add(
          new IndexDefinition(
              id, index.name(), index.table(), index.parts(), index.kind(), index.unique()));
    }
    List<Constraint> constraints =
        after.constraints().stream().map(constraint -> moved(constraint, ids)).toList();
    Table stored =
        after
            .withRows(rows, after.primaryKey())
            .withIndexes(indexes)
            .withConstraints(constraints)
            .withColumns(
                after.columns().stream().map(c -> c.withMissing(Optional.empty())).toList());
    List<IndexId> made = new ArrayList<>();
    create(rows, IndexKind.BTREE, made);
    indexes.forEach(index -> create(index.id(), index.kind(), made));
    fill(before, stored, values);
    definer.catalog().changeTable(before, stored, made);
    return stored;
  }

  private void create(IndexId index, IndexKind kind, List<IndexId> made) {
    definer.transaction().createIndex(index, kind);
    made.add(index);
  }

  private static Constraint moved(Constraint constraint, Map<IndexId, IndexId> ids) {
    return constraint instanceof Constraint.Unique unique
        ? new Constraint.Unique(unique.name(), unique.columns(), ids.get(unique.index()))
        : constraint;
  }

  private void fill(Table before, Table stored, List<String> values) {
    Table shadow = shadow(stored);
    CatalogView view = definer.view();
    List<Table> tables = new ArrayList<>(view.tables());
    tables.add(shadow);
    CatalogView with =
        new CatalogSnapshot(
            view.schemaVersion(),
            new CatalogSnapshot.Contents(
                List.copyOf(view.schemas()),
                tables,
                List.copyOf(view.sequences()),
                List.copyOf(view.views()),
                List.copyOf(view.comments()),
                view.authority()));
    String insert =
        "INSERT INTO public.\""
            + SHADOW
            + "\" SELECT "
            + String.join(", ", values)
            + " FROM "
            + SqlText.table(before);
    try {
      definer.executor().change(SqlParser.parse(insert), with);
    } catch (DistDbException failure) {
      throw translated(failure, stored);
    }
  }

  /** Without what INSERT would do by itself, and under ids of its own. */
  private static Table shadow(Table stored) {
    TableId id = new TableId(stored.rows().value());
    List<TableColumn> columns =
        stored.columns().stream()
            .map(column -> column.withDefault(Optional.empty(), Optional.empty()))
            .toList();
    List<Constraint> constraints =
        stored.constraints().stream()
            .filter(constraint -> !(constraint instanceof Constraint.ForeignKey))
            .toList();
    List<IndexDefinition> indexes =
        stored.indexes().stream()
            .map(index ->
                new IndexDefinition(
                    index.id(), index.name(), id, index.parts(), index.kind(), index.unique()))
            .toList();
    return new Table(
        id,
        Table.PUBLIC,
        SHADOW,
        columns,
        stored.primaryKey(),
        stored.rows(),
        indexes,
        constraints,
        List.of());
  }

  /** In the words that PostgreSQL has for existing rows. */
  private static DistDbException translated(DistDbException failure, Table stored) {
    String message = failure.getMessage().replace(SHADOW, stored.name());
    if (failure.code() == ErrorCode.UNIQUE_VIOLATION) {
      int quote = message.indexOf('"');
      String duplicate = failure.detail().orElse("").replace(" already exists.", " is duplicated.");
      return new DistDbException(
              failure.code(), "could not create unique index " + message.substring(quote))
          .withDetail(duplicate)
          .about(object(failure, stored));
    }
    if (failure.code() == ErrorCode.NOT_NULL_VIOLATION) {
      int end = message.indexOf(" violates");
      return new DistDbException(
              failure.code(),
              message.substring("null value in ".length(), end) + " contains null values")
          .about(object(failure, stored));
    }
    if (failure.code() == ErrorCode.CHECK_VIOLATION) {
      int quote = message.lastIndexOf('"', message.length() - 2);
      return new DistDbException(
              failure.code(),
              "check constraint "
                  + message.substring(quote)
                  + " of relation \""
                  + stored.name()
                  + "\" is violated by some row")
          .about(object(failure, stored));
    }
    return failure.code() == ErrorCode.DATATYPE_MISMATCH
        ? failure.at(0)
        : new DistDbException(failure.code(), message, failure)
            .withDetail(failure.detail().orElse(null))
            .withHint(failure.hint().orElse(null))
            .about(object(failure, stored));
  }

  /** Of the table, not of its shadow. */
  private static ErrorObject object(DistDbException failure, Table stored) {
    return failure
        .object()
        .map(shadow ->
            new ErrorObject(
                stored.schema(), stored.name(), shadow.column(), null, shadow.constraint()))
        .orElse(null);
  }
}
