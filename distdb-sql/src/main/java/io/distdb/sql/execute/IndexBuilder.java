// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
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

  private IndexBuilder() {}

  /**
   * @throws DistDbException {@code UNIQUE_VIOLATION}: two rows have the same columns
   */
  public static void build(
      Table table, IndexDefinition definition, Transaction transaction, Cancellation cancellation) {
    TableCodec codec = new TableCodec(table);
    IndexCodec index = new IndexCodec(table, definition);
    boolean[] needed = new boolean[table.columns().size()];
    for (int ordinal : index.ordinals()) {
      needed[ordinal] = true;
    }
    Vector[] columns = codec.vectors(needed, 1);
    KeyWriter writer = new KeyWriter(64);
    EntryBlock rows = new EntryBlock(ROWS_BETWEEN_CHECKS);
    try (IndexCursor cursor = transaction.range(table.rows(), KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next(rows) > 0) {
        cancellation.check();
        for (int row = 0; row < rows.size(); row++) {
          codec.read(rows.value(row), columns, 0);
          IndexCodec.Entry entry = index.entry(writer, columns, 0, rows.key(row));
          add(table, index, entry, columns, transaction);
        }
      }
    }
  }

  private static void add(
      Table table,
      IndexCodec index,
      IndexCodec.Entry entry,
      Vector[] columns,
      Transaction transaction) {
    if (entry.exclusive()) {
      Bytes other = transaction.get(index.id(), entry.key());
      if (other != null) {
        throw new DistDbException(
                ErrorCode.UNIQUE_VIOLATION,
                "could not create unique index \"" + index.definition.name() + "\"")
            .withDetail(
                ConstraintErrors.key(table, index.ordinals(), columns, 0) + " is duplicated.");
      }
    }
    transaction.put(index.id(), entry.key(), entry.value());
  }
}
