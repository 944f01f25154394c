// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.access.Authority;
import io.distdb.sql.codec.RowLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads every definition as one transaction sees it, its own changes included. */
public final class CatalogReader {
  private final Transaction transaction;
  private final Map<Long, String> schemas = new TreeMap<>();

  /** Rows of system tables by what they belong to; looked up and never iterated. */
  private final Map<IndexId, Map<Long, List<Bytes>>> groups = new HashMap<>();

  private CatalogReader(Transaction transaction) {
    this.transaction = transaction;
  }

  /**
   * The definitions at the transaction's snapshot.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: written by a newer version
   */
  public static CatalogView read(Transaction transaction) {
    return new CatalogReader(transaction).read();
  }

  private CatalogView read() {
    long version = transaction.schemaVersion();
    List<Schema> found = new ArrayList<>();
    forEach(
        SystemTables.SCHEMAS,
        row -> {
          RowLayout layout = SystemTables.SCHEMAS_ROW;
          Schema schema = new Schema(layout.getLong(row, 0), layout.getText(row, 1));
          schemas.put(schema.id(), schema.name());
          found.add(schema);
        });
    return new CatalogSnapshot(
        version,
        new CatalogSnapshot.Contents(
            found, tables(), sequences(), views(), comments(), authority()));
  }

  private Authority authority() {
    return new Authority(
        new RoleStore(transaction).read(),
        DatabaseList.access(transaction),
        new AccessStore(transaction).read(),
        new DefaultAccessStore(transaction).read());
  }

  private void forEach(IndexId index, Consumer<Bytes> rows) {
    try (IndexCursor cursor = transaction.range(index, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        rows.accept(cursor.value());
      }
    }
  }

  /** The rows whose first column is {@code id}, in key order. */
  private void forEachUnder(IndexId index, RowLayout layout, long id, Consumer<Bytes> rows) {
    groups
        .computeIfAbsent(index, all -> grouped(all, layout))
        .getOrDefault(id, List.of())
        .forEach(rows);
  }

  /** One pass over a whole system table costs less than a cursor for each object. */
  private Map<Long, List<Bytes>> grouped(IndexId index, RowLayout layout) {
    Map<Long, List<Bytes>> rows = new HashMap<>();
    forEach(
        index,
        row -> rows.computeIfAbsent(layout.getLong(row, 0), id -> new ArrayList<>()).add(row));
    return rows;
  }

  private String schemaName(RowLayout layout, Bytes row, int column) {
    return layout.isNull(row, column) ? Table.PUBLIC : schemas.get(layout.getLong(row, column));
  }

  static Optional<String> text(RowLayout layout, Bytes row, int column) {
    return layout.isNull(row, column) ? Optional.empty() : Optional.of(layout.getText(row, column));
  }

  private static boolean isTrue(RowLayout layout, Bytes row, int column) {
    return !layout.isNull(row, column) && layout.getBoolean(row, column);
  }

  // --- tables ---

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    RowLayout layout = SystemTables.TABLES_ROW;
    forEach(
        SystemTables.TABLES,
        row ->
            tables.add(
                table(
                    layout.getLong(row, 0),
                    schemaName(layout, row, 3),
                    layout.getText(row, 1),
                    layout.getLong(row, 2))));
    return tables;
  }

  private Table table(long id, String schema, String name, long rows) {
    List<TableColumn> columns = new ArrayList<>();
    List<Table.DroppedColumn> dropped = new ArrayList<>();
    List<Integer> keyPositions = new ArrayList<>();
    RowLayout layout = SystemTables.COLUMNS_ROW;
    forEachUnder(
        SystemTables.COLUMNS,
        SystemTables.COLUMNS_ROW,
        id,
        row -> {
          if (isTrue(layout, row, 9)) {
            dropped.add(
                new Table.DroppedColumn(
                    layout.getInt(row, 1), StoredTypes.type(layout.getText(row, 3))));
          } else {
            columns.add(column(id, row));
            keyPositions.add(layout.getInt(row, 5));
          }
        });
    List<Integer> primaryKey = new ArrayList<>();
    for (int position = 1; keyPositions.contains(position); position++) {
      primaryKey.add(keyPositions.indexOf(position));
    }
    TableId tableId = new TableId(id);
    return new Table(
        tableId,
        schema,
        name,
        columns,
        primaryKey,
        new IndexId(rows),
        indexes(tableId),
        constraints(id),
        dropped);
  }

  private TableColumn column(long table, Bytes row) {
    RowLayout layout = SystemTables.COLUMNS_ROW;
    Optional<Bytes> missing = Optional.empty();
    if (isTrue(layout, row, 8)) {
      Bytes key = SystemTables.key(table, layout.getInt(row, 1));
      missing = Optional.ofNullable(transaction.get(SystemTables.MISSING, key));
    }
    StoredTypes.Collated type = StoredTypes.collated(layout.getText(row, 3));
    return new TableColumn(
        layout.getText(row, 2),
        type.type(),
        layout.getBoolean(row, 4),
        text(layout, row, 6),
        text(layout, row, 7).map(TableColumn.Identity::valueOf),
        missing,
        type.collation());
  }

  private List<IndexDefinition> indexes(TableId table) {
    List<IndexDefinition> indexes = new ArrayList<>();
    RowLayout layout = SystemTables.INDEXES_ROW;
    forEachUnder(
        SystemTables.INDEXES,
        SystemTables.INDEXES_ROW,
        table.value(),
        row -> {
          long id = layout.getLong(row, 1);
          indexes.add(
              new IndexDefinition(
                  new IndexId(id),
                  layout.getText(row, 2),
                  table,
                  parts(id),
                  IndexKind.ofCode(layout.getInt(row, 3)),
                  layout.getBoolean(row, 4)));
        });
    return indexes;
  }

  private List<IndexDefinition.Part> parts(long index) {
    List<IndexDefinition.Part> parts = new ArrayList<>();
    RowLayout layout = SystemTables.INDEX_COLUMNS_ROW;
    forEachUnder(
        SystemTables.INDEX_COLUMNS,
        SystemTables.INDEX_COLUMNS_ROW,
        index,
        row ->
            parts.add(
                new IndexDefinition.Part(
                    layout.getInt(row, 2), layout.getBoolean(row, 3), layout.getBoolean(row, 4))));
    return parts;
  }

  private List<Constraint> constraints(long table) {
    List<Constraint> constraints = new ArrayList<>();
    forEachUnder(
        SystemTables.CONSTRAINTS,
        SystemTables.CONSTRAINTS_ROW,
        table,
        row -> constraints.add(constraint(row)));
    return constraints;
  }

  private static Constraint constraint(Bytes row) {
    RowLayout layout = SystemTables.CONSTRAINTS_ROW;
    String name = layout.getText(row, 2);
    List<Integer> columns = ordinals(layout.getText(row, 4));
    String kind = layout.getText(row, 3);
    return switch (kind) {
      case TableRows.PRIMARY_KEY -> new Constraint.PrimaryKey(name, columns);
      case TableRows.UNIQUE ->
          new Constraint.Unique(name, columns, new IndexId(layout.getLong(row, 5)));
      case TableRows.CHECK -> new Constraint.Check(name, columns, layout.getText(row, 6));
      case TableRows.FOREIGN_KEY ->
          new Constraint.ForeignKey(
              name,
              columns,
              new TableId(layout.getLong(row, 7)),
              ordinals(layout.getText(row, 8)),
              layout.getBoolean(row, 9),
              ReferenceAction.valueOf(layout.getText(row, 10)),
              ReferenceAction.valueOf(layout.getText(row, 11)),
              layout.getBoolean(row, 12),
              layout.getBoolean(row, 13),
              layout.getBoolean(row, 14));
      default ->
          throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the catalog has a constraint of kind \""
                  + kind
                  + "\", which this version does not know");
    };
  }

  private static List<Integer> ordinals(String list) {
    return list.isEmpty()
        ? List.of()
        : Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
  }

  // --- the rest ---

  private List<Sequence> sequences() {
    List<Sequence> sequences = new ArrayList<>();
    forEach(SystemTables.SEQUENCES, row -> sequences.add(sequence(row)));
    return sequences;
  }

  private Sequence sequence(Bytes row) {
    RowLayout layout = SystemTables.SEQUENCES_ROW;
    Optional<Sequence.Owner> owner =
        layout.isNull(row, 10)
            ? Optional.empty()
            : Optional.of(
                new Sequence.Owner(
                    new TableId(layout.getLong(row, 10)),
                    layout.getInt(row, 11),
                    layout.getBoolean(row, 12)));
    return new Sequence(
        layout.getLong(row, 0),
        schemaName(layout, row, 1),
        layout.getText(row, 2),
        StoredTypes.type(layout.getText(row, 3)),
        layout.getLong(row, 4),
        layout.getLong(row, 5),
        layout.getLong(row, 6),
        layout.getLong(row, 7),
        layout.getLong(row, 8),
        layout.getBoolean(row, 9),
        owner,
        layout.getLong(row, 13),
        layout.getLong(row, 14));
  }

  private List<View> views() {
    List<View> views = new ArrayList<>();
    forEach(SystemTables.VIEWS, row -> views.add(view(row)));
    return views;
  }

  private View view(Bytes row) {
    RowLayout layout = SystemTables.VIEWS_ROW;
    long id = layout.getLong(row, 0);
    List<View.Column> columns = new ArrayList<>();
    RowLayout column = SystemTables.VIEW_COLUMNS_ROW;
    forEachUnder(
        SystemTables.VIEW_COLUMNS,
        SystemTables.VIEW_COLUMNS_ROW,
        id,
        entry ->
            columns.add(
                new View.Column(
                    column.getText(entry, 2), StoredTypes.type(column.getText(entry, 3)))));
    String uses = layout.getText(row, 5);
    String path = layout.getText(row, 4);
    return new View(
        id,
        schemaName(layout, row, 1),
        layout.getText(row, 2),
        columns,
        layout.getText(row, 3),
        path.isEmpty() ? List.of() : List.of(path.split(CatalogWriter.PATH_SEPARATOR)),
        uses.isEmpty() ? List.of() : Arrays.stream(uses.split(",")).map(Long::valueOf).toList());
  }

  private List<Comment> comments() {
    List<Comment> comments = new ArrayList<>();
    RowLayout layout = SystemTables.COMMENTS_ROW;
    forEach(
        SystemTables.COMMENTS,
        row ->
            comments.add(
                new Comment(
                    layout.getLong(row, 0), layout.getText(row, 1), layout.getText(row, 2))));
    return comments;
  }
}
