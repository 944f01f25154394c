// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.storage.Limits;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * How rows of one table and their index entries are stored. Unchanged once the plan is compiled.
 */
final class TableCodec {
  static final KeyColumn ROW_ID = KeyColumn.primary(SqlType.BIGINT);

  final Table table;
  final RowLayout layout;

  /** Columns of the row key; the hidden row id when there is no primary key. */
  final List<KeyColumn> key;

  final List<IndexCodec> indexes;

  /** Values of columns that are younger than some rows; null when there are none. */
  private final MissingColumns missing;

  /** The CHECK constraints; none unless the plan changes the table. */
  TableChecks checks = TableChecks.NONE;

  TableCodec(Table table) {
    this.table = table;
    layout = new RowLayout(table.columns().stream().map(TableColumn::type).toList());
    missing = MissingColumns.of(table);
    key =
        table.hasRowId()
            ? List.of(ROW_ID)
            : table.primaryKey().stream()
                .map(ordinal -> KeyColumn.primary(table.columns().get(ordinal).type()))
                .toList();
    indexes = table.indexes().stream().map(index -> new IndexCodec(table, index)).toList();
  }

  /** The foreign keys; none unless the plan changes the table. */
  TableReferences references = TableReferences.NONE;

  /** Called while the plan is compiled. */
  void obey(TableChecks compiledChecks, TableReferences compiledReferences) {
    checks = compiledChecks;
    references = compiledReferences;
  }

  /** The row with the columns that it is too old to have; itself when it has all. */
  Bytes complete(Bytes row) {
    return missing == null || row == null ? row : missing.complete(layout, row);
  }

  /** As {@link #complete(Bytes)}, all rows of {@code rows} in place. */
  void complete(EntryBlock rows) {
    if (missing != null) {
      for (int i = 0; i < rows.size(); i++) {
        rows.values()[i] = missing.complete(layout, rows.value(i)).array();
      }
    }
  }

  IndexCodec codecOf(IndexDefinition index) {
    for (IndexCodec codec : indexes) {
      if (codec.id().equals(index.id())) {
        return codec;
      }
    }
    throw new DistDbException(
        ErrorCode.INTERNAL_ERROR,
        "index \"" + index.name() + "\" is not of table \"" + table.name() + "\"");
  }

  /**
   * The key of a row of a table with a primary key.
   *
   * @param columns the row's columns by ordinal
   */
  Bytes rowKey(KeyWriter writer, Vector[] columns, int at) {
    writer.reset();
    for (int i = 0; i < key.size(); i++) {
      Cells.append(writer, key.get(i), columns[table.primaryKey().get(i)], at);
    }
    if (writer.length() > Limits.KEY_BYTES_MAX) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "index row size "
              + writer.length()
              + " exceeds maximum "
              + Limits.KEY_BYTES_MAX
              + " for index \""
              + table.primaryKeyName()
              + "\"");
    }
    return writer.toBytes();
  }

  /** Vectors for a whole row by ordinal; null where {@code needed} says so. */
  Vector[] vectors(boolean[] needed, int capacity) {
    Vector[] vectors = new Vector[needed.length];
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        vectors[i] = new Vector(layout.type(i), capacity);
      }
    }
    return vectors;
  }

  /** Reads the columns that {@code vectors}, by ordinal, has room for; what follows stays. */
  void read(Bytes stored, Vector[] vectors, int at) {
    Bytes row = complete(stored);
    for (int i = 0; i < layout.columnCount(); i++) {
      if (vectors[i] != null) {
        Cells.read(layout, row, i, vectors[i], at);
      }
    }
  }

  /** The type of a column that a scan reads. */
  SqlType type(int ordinal) {
    return ordinal == Relation.Scan.ROW_ID ? ROW_ID.type() : layout.type(ordinal);
  }

  /** Reads one column, or the hidden row id, of the row that {@code cursor} is at. */
  void read(RowCursor cursor, Bytes row, int ordinal, Vector target, int at) {
    if (ordinal == Relation.Scan.ROW_ID) {
      target.nulls[at] = false;
      target.longs[at] = new KeyReader().reset(cursor.rowKey(), 0).readLong(ROW_ID);
    } else {
      Cells.read(layout, row, ordinal, target, at);
    }
  }
}
