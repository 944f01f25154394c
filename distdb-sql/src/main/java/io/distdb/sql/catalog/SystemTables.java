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
 * TABLES         (id)                 id, name, rows, schema
 * COLUMNS        (table, slot)        table, slot, name, type, not_null, key_position, default,
 *                                     identity, missing, dropped
 * INDEXES        (table, id)          table, id, name, kind, is_unique
 * INDEX_COLUMNS  (index, position)    index, position, ordinal, descending, nulls_first
 * NAMES          (name[, schema])     name, kind, id, table, schema
 * PROPERTIES     (name)               name, value
 * SCHEMAS        (id)                 id, name
 * CONSTRAINTS    (table, number)      table, number, name, kind, columns, index, text, referenced,
 *                                     referenced_columns, match_full, on_delete, on_update,
 *                                     deferrable, initially_deferred, validated
 * SEQUENCES      (id)                 id, schema, name, type, start, increment, minimum, maximum,
 *                                     cache, cycles, owner_table, owner_slot, internal, state, first
 * SEQUENCE_STATE (state)              state, next, exhausted
 * VIEWS          (id)                 id, schema, name, text, search_path, uses
 * VIEW_COLUMNS   (view, position)     view, position, name, type
 * COMMENTS       (object, member)     object, member, text
 * MISSING        (table, slot)        the one column that rows older than it have
 * STATISTICS     (table, slot)        table, slot, null_fraction, width, distinct, frequencies,
 *                                     common, histogram
 * ACCESS         (object, column)     object, column, owner, privileges; column -1 is the object
 * </pre>
 *
 * Version 1 has the first six, without the columns that version 2 put at their ends; version 3
 * added STATISTICS, version 4 ACCESS.
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

  static final IndexId SCHEMAS = new IndexId(7);
  static final IndexId CONSTRAINTS = new IndexId(8);
  static final IndexId SEQUENCES = new IndexId(9);
  static final IndexId SEQUENCE_STATE = new IndexId(10);
  static final IndexId VIEWS = new IndexId(11);
  static final IndexId VIEW_COLUMNS = new IndexId(12);
  static final IndexId COMMENTS = new IndexId(13);

  static final IndexId MISSING = new IndexId(14);
  static final IndexId STATISTICS = new IndexId(15);
  static final IndexId ACCESS = new IndexId(16);

  /** Those of version 1. */
  static final List<IndexId> FIRST =
      List.of(TABLES, COLUMNS, INDEXES, INDEX_COLUMNS, NAMES, PROPERTIES);

  /** Those that version 2 added. */
  static final List<IndexId> SECOND =
      List.of(
          SCHEMAS, CONSTRAINTS, SEQUENCES, SEQUENCE_STATE, VIEWS, VIEW_COLUMNS, COMMENTS, MISSING);

  /** Those that version 3 added. */
  static final List<IndexId> THIRD = List.of(STATISTICS);

  /** Those that version 4 added. */
  static final List<IndexId> FOURTH = List.of(ACCESS);

  static final RowLayout TABLES_ROW =
      layout(SqlType.BIGINT, SqlType.TEXT, SqlType.BIGINT, SqlType.BIGINT);
  static final RowLayout COLUMNS_ROW =
      layout(
          SqlType.BIGINT,
          SqlType.INTEGER,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BOOLEAN,
          SqlType.INTEGER,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BOOLEAN,
          SqlType.BOOLEAN);
  static final RowLayout INDEXES_ROW =
      layout(SqlType.BIGINT, SqlType.BIGINT, SqlType.TEXT, SqlType.INTEGER, SqlType.BOOLEAN);
  static final RowLayout INDEX_COLUMNS_ROW =
      layout(SqlType.BIGINT, SqlType.INTEGER, SqlType.INTEGER, SqlType.BOOLEAN, SqlType.BOOLEAN);
  static final RowLayout NAMES_ROW =
      layout(SqlType.TEXT, SqlType.TEXT, SqlType.BIGINT, SqlType.BIGINT, SqlType.BIGINT);
  static final RowLayout PROPERTIES_ROW = layout(SqlType.TEXT, SqlType.TEXT);
  static final RowLayout SCHEMAS_ROW = layout(SqlType.BIGINT, SqlType.TEXT);
  static final RowLayout CONSTRAINTS_ROW =
      layout(
          SqlType.BIGINT,
          SqlType.INTEGER,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BIGINT,
          SqlType.TEXT,
          SqlType.BIGINT,
          SqlType.TEXT,
          SqlType.BOOLEAN,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BOOLEAN,
          SqlType.BOOLEAN,
          SqlType.BOOLEAN);
  static final RowLayout SEQUENCES_ROW =
      layout(
          SqlType.BIGINT,
          SqlType.BIGINT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BIGINT,
          SqlType.BIGINT,
          SqlType.BIGINT,
          SqlType.BIGINT,
          SqlType.BIGINT,
          SqlType.BOOLEAN,
          SqlType.BIGINT,
          SqlType.INTEGER,
          SqlType.BOOLEAN,
          SqlType.BIGINT,
          SqlType.BIGINT);
  static final RowLayout SEQUENCE_STATE_ROW =
      layout(SqlType.BIGINT, SqlType.BIGINT, SqlType.BOOLEAN);
  static final RowLayout VIEWS_ROW =
      layout(
          SqlType.BIGINT, SqlType.BIGINT, SqlType.TEXT, SqlType.TEXT, SqlType.TEXT, SqlType.TEXT);
  static final RowLayout VIEW_COLUMNS_ROW =
      layout(SqlType.BIGINT, SqlType.INTEGER, SqlType.TEXT, SqlType.TEXT);
  static final RowLayout COMMENTS_ROW = layout(SqlType.BIGINT, SqlType.TEXT, SqlType.TEXT);

  /** Without the last two columns, which are arrays of the column's own type. */
  static final RowLayout STATISTICS_ROW =
      layout(
          SqlType.BIGINT,
          SqlType.INTEGER,
          SqlType.DOUBLE_PRECISION,
          SqlType.INTEGER,
          SqlType.DOUBLE_PRECISION,
          new SqlType.Array(SqlType.DOUBLE_PRECISION));

  static final RowLayout ACCESS_ROW =
      layout(SqlType.BIGINT, SqlType.INTEGER, SqlType.BIGINT, SqlType.TEXT);

  /** In {@link #PROPERTIES}: the version of this layout. */
  static final String VERSION_PROPERTY = "catalog_version";

  static final String VERSION = "4";

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

  static Bytes key(long id, String member) {
    return new KeyWriter().appendLong(ID, id).appendText(NAME, member).toBytes();
  }

  /** The key of a name in NAMES: as in version 1 within {@link Table#PUBLIC}. */
  static Bytes nameKey(long schema, String name) {
    KeyWriter writer = new KeyWriter().appendText(NAME, name);
    return (schema == Schema.PUBLIC_ID ? writer : writer.appendLong(ID, schema)).toBytes();
  }
}
