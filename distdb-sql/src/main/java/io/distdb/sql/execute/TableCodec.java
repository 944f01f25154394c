// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Limits;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.codec.RowLayout;
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

  /** The CHECK constraints; none unless the plan changes the table. */
  TableChecks checks = TableChecks.NONE;

  TableCodec(Table table) {
    this.table = table;
    layout = new RowLayout(table.columns().stream().map(TableColumn::type).toList());
    key =
        table.hasRowId()
            ? List.of(ROW_ID)
            : table.primaryKey().stream()
                .map(ordinal -> KeyColumn.primary(table.columns().get(ordinal).type()))
                .toList();
    indexes = table.indexes().stream().map(index -> new IndexCodec(table, index)).toList();
  }

  /** Called while the plan is compiled. */
  void obey(TableChecks compiled) {
    checks = compiled;
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

  /** Reads the columns that {@code vectors} has room for. */
  void read(Bytes row, Vector[] vectors, int at) {
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] != null) {
        Cells.read(layout, row, i, vectors[i], at);
      }
    }
  }
}
