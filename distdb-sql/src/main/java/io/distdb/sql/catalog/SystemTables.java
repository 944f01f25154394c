// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.type.SqlType;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.codec.RowLayout;
import java.util.List;

/**
 * The tables that hold the definitions, under fixed ids below 100. Byte layout: {@code
 * docs/formats/keys-and-rows.md}.
 *
 * <pre>
 * TABLES         (id)                 id, name, rows
 * COLUMNS        (table, ordinal)     table, ordinal, name, type, not_null, key_position
 * INDEXES        (table, id)          table, id, name, kind, is_unique
 * INDEX_COLUMNS  (index, position)    index, position, ordinal, descending, nulls_first
 * NAMES          (name)               name, kind, id, table
 * PROPERTIES     (name)               name, value
 * </pre>
 */
final class SystemTables {
  /** What a schema change of the system tables themselves locks. */
  static final TableId SYSTEM = new TableId(0);

  static final IndexId TABLES = new IndexId(1);
  static final IndexId COLUMNS = new IndexId(2);
  static final IndexId INDEXES = new IndexId(3);
  static final IndexId INDEX_COLUMNS = new IndexId(4);
  static final IndexId NAMES = new IndexId(5);
  static final IndexId PROPERTIES = new IndexId(6);

  static final List<IndexId> ALL =
      List.of(TABLES, COLUMNS, INDEXES, INDEX_COLUMNS, NAMES, PROPERTIES);

  static final RowLayout TABLES_ROW = layout(SqlType.BIGINT, SqlType.TEXT, SqlType.BIGINT);
  static final RowLayout COLUMNS_ROW =
      layout(
          SqlType.BIGINT,
          SqlType.INTEGER,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BOOLEAN,
          SqlType.INTEGER);
  static final RowLayout INDEXES_ROW =
      layout(SqlType.BIGINT, SqlType.BIGINT, SqlType.TEXT, SqlType.INTEGER, SqlType.BOOLEAN);
  static final RowLayout INDEX_COLUMNS_ROW =
      layout(SqlType.BIGINT, SqlType.INTEGER, SqlType.INTEGER, SqlType.BOOLEAN, SqlType.BOOLEAN);
  static final RowLayout NAMES_ROW =
      layout(SqlType.TEXT, SqlType.TEXT, SqlType.BIGINT, SqlType.BIGINT);
  static final RowLayout PROPERTIES_ROW = layout(SqlType.TEXT, SqlType.TEXT);

  /** In {@link #PROPERTIES}: the version of this layout. */
  static final String VERSION_PROPERTY = "catalog_version";

  static final String VERSION = "1";

  private static final KeyColumn ID = KeyColumn.primary(SqlType.BIGINT);
  private static final KeyColumn POSITION = KeyColumn.primary(SqlType.INTEGER);
  private static final KeyColumn NAME = KeyColumn.primary(SqlType.TEXT);

  private SystemTables() {}

  private static RowLayout layout(SqlType... types) {
    return new RowLayout(List.of(types));
  }

  static Bytes key(long id) {
    return new KeyWriter().appendLong(ID, id).toBytes();
  }

  static Bytes key(long id, int position) {
    return new KeyWriter().appendLong(ID, id).appendInt(POSITION, position).toBytes();
  }

  static Bytes key(long id, long second) {
    return new KeyWriter().appendLong(ID, id).appendLong(ID, second).toBytes();
  }

  static Bytes key(String name) {
    return new KeyWriter().appendText(NAME, name).toBytes();
  }
}
