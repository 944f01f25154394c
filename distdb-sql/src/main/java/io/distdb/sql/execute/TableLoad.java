// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Inserts many rows of one table for one statement.
 *
 * <p>Design: rows and index entries are gathered, each index's in a run of its own, and given to
 * the transaction together: when the statement ends, or when much has come together. The
 * transaction sorts a run, locks and looks its keys up all at once. What a row itself shows (NOT
 * NULL, CHECK) is checked when it comes; a duplicate is found later, and it is the first one in the
 * order of rows, and the first of its indexes, that is reported, as if row had followed row. When a
 * row fails by itself, a duplicate before it goes first. Nothing here is seen by a read in the same
 * statement.
 *
 * <p>Belongs to one run of one statement.
 */
final class TableLoad {
  /** Bytes that are gathered at most. */
  private static final long CHUNK_BYTES = 256L << 20;

  /** Beside its bytes, what an entry takes here. */
  private static final int ENTRY_BYTES = 8;

  private final TableCodec table;
  private final TableWriter writer;
  private final Transaction transaction;
  private final RowIds rowIds;
  private final KeyWriter keyWriter = new KeyWriter(64);
  private final LongFunction<String> context;

  private EntryRun rows;

  /** By index: entries that others may have, too, for the row's key is part of them. */
  private final EntryRun[] shared;

  /** By index: entries of which there is one. Null for an index that is not unique. */
  private final EntryRun[] exclusive;

  /** Of each row gathered. */
  private long[] origins = new long[64];

  private long gatheredBytes;
  private long gatheredBytesMax;

  /** A row has failed. */
  private boolean over;

  /**
   * @param context from where a row came, for its errors: says so of the number that was given with
   *     it; null for nothing to say
   */
  TableLoad(TableCodec table, Execution execution, LongFunction<String> context) {
    this.table = table;
    this.context = context;
    writer = new TableWriter(table).begin(execution);
    transaction = execution.transaction();
    rowIds = execution.rowIds();
    shared = new EntryRun[table.indexes.size()];
    exclusive = new EntryRun[table.indexes.size()];
    startChunk();
  }

  private void startChunk() {
    rows = new EntryRun();
    for (int i = 0; i < shared.length; i++) {
      shared[i] = new EntryRun();
      exclusive[i] = table.indexes.get(i).definition.unique() ? new EntryRun() : null;
    }
    gatheredBytes = 0;
    gatheredBytesMax =
        Math.min(CHUNK_BYTES, transaction.writtenBytesMax() - transaction.writtenBytes());
  }

  /**
   * Adds the row at {@code at} of {@code columns}, which are all of the table's.
   *
   * @param origin number of the row for messages
   */
  void add(Vector[] columns, int at, long origin) {
    if (gatheredBytes > gatheredBytesMax) {
      flush();
    }
    try {
      gather(columns, at, origin);
    } catch (DistDbException failure) {
      throw earliest(located(failure, origin));
    }
  }

  private void gather(Vector[] columns, int at, long origin) {
    writer.check(columns, at);
    Bytes row = writer.encode(columns, at);
    Bytes key =
        table.table.hasRowId()
            ? keyWriter.reset().appendLong(TableCodec.ROW_ID, rowIds.next()).toBytes()
            : table.rowKey(keyWriter, columns, at);
    for (int i = 0; i < shared.length; i++) {
      IndexCodec.Entry entry = table.indexes.get(i).entry(keyWriter, columns, at, key);
      (entry.exclusive() ? exclusive[i] : shared[i])
          .add(entry.key().array(), entry.value().array());
      gatheredBytes += entry.key().length() + entry.value().length() + ENTRY_BYTES;
    }
    writer.noteStored(columns, at, row);
    if (rows.size() == origins.length) {
      origins = Arrays.copyOf(origins, origins.length * 2);
    }
    origins[rows.size()] = origin;
    rows.add(key.array(), row.array());
    gatheredBytes += key.length() + row.length() + ENTRY_BYTES;
  }

  private DistDbException located(DistDbException failure, long origin) {
    return context == null ? failure : failure.withContext(context.apply(origin));
  }

  /** What the statement fails with when a row that was not added fails: a duplicate before it. */
  DistDbException earliest(DistDbException failure) {
    if (over || failure.code() == ErrorCode.QUERY_CANCELED) {
      return failure;
    }
    over = true;
    try {
      flush();
    } catch (DistDbException before) {
      if (before.code() == ErrorCode.UNIQUE_VIOLATION) {
        return before;
      }
    }
    return failure;
  }

  /** The end of the statement. */
  void finish() {
    flush();
    writer.end();
  }

  private void flush() {
    if (rows.size() == 0) {
      return;
    }
    int first = rows.size();
    IndexCodec violated = null;
    int there = transaction.putAll(table.table.rows(), rows, !table.table.hasRowId());
    first = there < 0 ? first : there;
    for (int i = 0; i < shared.length; i++) {
      IndexId id = table.indexes.get(i).id();
      if (shared[i].size() > 0) {
        transaction.putAll(id, shared[i], false);
      }
      if (exclusive[i] != null && exclusive[i].size() > 0) {
        there = transaction.putAll(id, exclusive[i], true);
        int row = there < 0 ? first : rowOf(exclusive[i], there);
        violated = row < first ? table.indexes.get(i) : violated;
        first = Math.min(first, row);
      }
    }
    if (first < rows.size()) {
      over = true;
      Vector[] columns = writer.whole(Bytes.wrap(rows.value(rows.place(first))));
      throw located(writer.duplicate(violated, columns, 0), origins[first]);
    }
    startChunk();
  }

  /** The number of the row that an entry belongs to. */
  private int rowOf(EntryRun entries, int added) {
    return rows.added(rows.find(entries.value(entries.place(added))));
  }
}
