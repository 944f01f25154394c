// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.vector.Vector;

/**
 * Fills an empty index from its table's rows, in a database that nobody else uses: in as many
 * transactions as it takes, so that an index of any size can be made. Unlike {@link IndexBuilder}
 * it goes on where a unique index finds the same columns again.
 */
public final class IndexRebuild {
  private static final int ROWS_AT_ONCE = 1024;

  private final TransactionManager transactions;
  private final Table table;
  private final TableCodec codec;
  private final IndexCodec index;
  private final Vector[] columns;
  private final KeyWriter writer = new KeyWriter(64);
  private long entries;
  private long duplicates;

  private IndexRebuild(TransactionManager transactions, Table table, IndexDefinition definition) {
    this.transactions = transactions;
    this.table = table;
    codec = new TableCodec(table);
    index = new IndexCodec(table, definition);
    boolean[] needed = new boolean[codec.layout.columnCount()];
    for (int ordinal : index.ordinals()) {
      needed[ordinal] = true;
    }
    columns = codec.vectors(needed, 1);
  }

  /**
   * What was done.
   *
   * @param entries put into the index
   * @param duplicates rows that have no entry, because the index is unique and another row has one
   *     of the same columns
   */
  public record Filled(long entries, long duplicates) {}

  /** Fills the index, which is empty. */
  public static Filled fill(
      TransactionManager transactions, Table table, IndexDefinition definition) {
    IndexRebuild rebuild = new IndexRebuild(transactions, table, definition);
    Bytes from = Bytes.EMPTY;
    while (from != null) {
      from = rebuild.step(from);
    }
    return new Filled(rebuild.entries, rebuild.duplicates);
  }

  /** One transaction's worth of rows; where to go on, or null at the end. */
  private Bytes step(Bytes from) {
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      Bytes next = null;
      EntryBlock rows = new EntryBlock(ROWS_AT_ONCE);
      try (IndexCursor cursor =
          transaction.range(table.rows(), new KeyRange(from, null), Direction.FORWARD)) {
        while (next == null && cursor.next(rows) > 0) {
          for (int row = 0; row < rows.size(); row++) {
            put(transaction, rows, row);
          }
          if (transaction.writtenBytes() > transaction.writtenBytesMax() / 4) {
            next = rows.key(rows.size() - 1).concat(Bytes.of(0));
          }
        }
      }
      transaction.commit();
      return next;
    }
  }

  private void put(Transaction transaction, EntryBlock rows, int row) {
    Bytes key = rows.key(row);
    codec.read(rows.value(row), columns, 0);
    IndexCodec.Entry entry = index.entry(writer, columns, 0, key);
    if (entry.exclusive() && transaction.get(index.id(), entry.key()) != null) {
      duplicates++;
      return;
    }
    transaction.put(index.id(), entry.key(), entry.value());
    entries++;
  }
}
