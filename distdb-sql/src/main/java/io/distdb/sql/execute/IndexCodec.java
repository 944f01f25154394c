// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Limits;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of one secondary index.
 *
 * <p>An entry that must be the only one of its columns (unique index, no NULL among them) has the
 * columns as key and the row's key as value, so that uniqueness is one locked read of one key, as
 * for a primary key. Every other entry has the columns followed by the row's key as key, and no
 * value. Immutable.
 */
final class IndexCodec {
  final IndexDefinition definition;
  final List<KeyColumn> columns;
  private final int[] ordinals;
  private final boolean hash;

  IndexCodec(Table table, IndexDefinition definition) {
    this.definition = definition;
    hash = definition.kind() == IndexKind.HASH;
    List<KeyColumn> keyColumns = new ArrayList<>();
    ordinals = new int[definition.parts().size()];
    for (int i = 0; i < ordinals.length; i++) {
      IndexDefinition.Part part = definition.parts().get(i);
      ordinals[i] = part.ordinal();
      keyColumns.add(
          KeyColumn.indexed(
              table.columns().get(part.ordinal()).type(), part.descending(), part.nullsFirst()));
    }
    columns = List.copyOf(keyColumns);
  }

  IndexId id() {
    return definition.id();
  }

  boolean covers(int ordinal) {
    for (int own : ordinals) {
      if (own == ordinal) {
        return true;
      }
    }
    return false;
  }

  int[] ordinals() {
    return ordinals;
  }

  /** One entry; {@code exclusive} when no other row may have one of the same key. */
  record Entry(Bytes key, Bytes value, boolean exclusive) {}

  /**
   * The entry of a row.
   *
   * @param table the row's columns by ordinal
   */
  Entry entry(KeyWriter writer, Vector[] table, int at, Bytes rowKey) {
    writer.reset();
    boolean hasNull = false;
    for (int i = 0; i < ordinals.length; i++) {
      Vector column = table[ordinals[i]];
      hasNull |= column.nulls[at];
      Cells.append(writer, columns.get(i), column, at);
    }
    boolean exclusive = definition.unique() && !hasNull;
    Bytes key;
    if (hash) {
      checkLength(writer.length(), HashKey.HASHED_BYTES_MAX);
      key = HashKey.of(writer.toBytes(), exclusive ? Bytes.EMPTY : rowKey);
    } else {
      key = (exclusive ? writer : writer.appendRaw(rowKey)).toBytes();
    }
    checkLength(key.length(), Limits.KEY_BYTES_MAX);
    return new Entry(key, exclusive ? rowKey : Bytes.EMPTY, exclusive);
  }

  private void checkLength(int length, int most) {
    if (length > most) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "index row size "
              + length
              + " exceeds maximum "
              + most
              + " for index \""
              + definition.name()
              + "\"");
    }
  }

  /** The key of the row that an entry belongs to. */
  Bytes rowKey(Bytes entryKey, Bytes entryValue, KeyReader reader) {
    if (!entryValue.isEmpty()) {
      return entryValue;
    }
    if (hash) {
      return HashKey.rest(entryKey);
    }
    reader.reset(entryKey, 0).skip(columns);
    return entryKey.slice(reader.position(), entryKey.length());
  }

  /** Where the columns begin in the key of an entry that begins at {@code from}. */
  int columnsStart(int from) {
    return hash ? from + HashKey.HASHED_START : from;
  }

  /** Adds the key of the row that the entry at {@code at} belongs to, without a row. */
  void addRowKey(EntryBlock entries, int at, EntryBlock target, KeyReader reader) {
    byte[] value = entries.valueArray(at);
    if (value.length > 0) {
      target.addKey(value, 0, value.length);
    } else {
      byte[] keys = entries.keys();
      int from = entries.keyStart(at);
      int to = entries.keyEnd(at);
      int start =
          hash
              ? HashKey.restStart(keys, from)
              : reader.reset(keys, from, to).skip(columns).position();
      target.addKey(keys, start, to);
    }
  }

  /** What {@code Transaction.get} is asked for the only entry of encoded columns. */
  Bytes exclusiveKey(Bytes encodedColumns) {
    return hash ? HashKey.of(encodedColumns, Bytes.EMPTY) : encodedColumns;
  }
}
