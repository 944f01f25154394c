// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.ErrorObject;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.vector.Vector;

/**
 * Fills a new index from the rows that a table has. The table is locked EXCLUSIVE and the snapshot
 * was taken after that, so that no row is missed.
 */
public final class IndexBuilder {
  private static final int ROWS_BETWEEN_CHECKS = 1024;

  /** Entries' bytes that are gathered at most. */
  private static final long CHUNK_BYTES = 256L << 20;

  private IndexBuilder() {}

  /**
   * @throws DistDbException {@code UNIQUE_VIOLATION}: two rows have the same columns
   */
  public static void build(
      Table table, IndexDefinition definition, Transaction transaction, Cancellation cancellation) {
    TableCodec codec = new TableCodec(table);
    IndexCodec index = new IndexCodec(table, definition);
    Vector[] columns = columns(codec, index);
    KeyWriter writer = new KeyWriter(64);
    EntryRun shared = new EntryRun();
    EntryRun exclusive = new EntryRun();
    EntryBlock rows = new EntryBlock(ROWS_BETWEEN_CHECKS);
    try (IndexCursor cursor = transaction.range(table.rows(), KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next(rows) > 0) {
        cancellation.check();
        for (int row = 0; row < rows.size(); row++) {
          codec.read(rows.value(row), columns, 0);
          IndexCodec.Entry entry = index.entry(writer, columns, 0, rows.key(row));
          (entry.exclusive() ? exclusive : shared).add(entry.key().array(), entry.value().array());
        }
        if (shared.bytes() + exclusive.bytes() > roomFor(transaction)) {
          put(codec, index, transaction, shared, exclusive);
          shared = new EntryRun();
          exclusive = new EntryRun();
        }
      }
    }
    put(codec, index, transaction, shared, exclusive);
  }

  /** One row's room for the columns of the index. */
  private static Vector[] columns(TableCodec table, IndexCodec index) {
    boolean[] needed = new boolean[table.layout.columnCount()];
    for (int ordinal : index.ordinals()) {
      needed[ordinal] = true;
    }
    return table.vectors(needed, 1);
  }

  private static long roomFor(Transaction transaction) {
    return Math.min(CHUNK_BYTES, transaction.writtenBytesMax() - transaction.writtenBytes());
  }

  private static void put(
      TableCodec table,
      IndexCodec index,
      Transaction transaction,
      EntryRun shared,
      EntryRun exclusive) {
    transaction.putAll(index.id(), shared, false);
    int there = transaction.putAll(index.id(), exclusive, true);
    if (there >= 0) {
      Bytes rowKey = Bytes.wrap(exclusive.value(exclusive.place(there)));
      Vector[] columns = columns(table, index);
      table.read(transaction.get(table.table.rows(), rowKey), columns, 0);
      throw new DistDbException(
              ErrorCode.UNIQUE_VIOLATION,
              "could not create unique index \"" + index.definition.name() + "\"")
          .withDetail(
              ConstraintErrors.key(table.table, index.ordinals(), columns, 0) + " is duplicated.")
          .about(
              ErrorObject.ofConstraint(
                  table.table.schema(), table.table.name(), index.definition.name()));
    }
  }
}
