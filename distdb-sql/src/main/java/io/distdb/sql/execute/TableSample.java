// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Rows of one table, each with the same chance, from one walk over it.
 *
 * <p>Design: reservoir sampling (Vitter, "Random Sampling with a Reservoir", 1985, algorithm R):
 * row t takes the place of a random one of the n that are held with probability n/t. Only rows that
 * are taken are looked at; the others cost a step of the cursor. Long rows could fill the heap, so
 * that when the held bytes pass {@link #BYTES_MAX} a random half goes and n is halved: what remains
 * is a fair sample of its size, and stays one. The numbers are drawn from the table's id, so that
 * equal tables have equal statistics.
 */
public final class TableSample {
  /**
   * As many as PostgreSQL takes for its default statistics target of 100: enough for a histogram of
   * 100 groups each off by a half at most in a million rows (Chaudhuri, Motwani and Narasayya,
   * "Random sampling for histogram construction", 1998).
   */
  public static final int ROWS = 30_000;

  private static final long BYTES_MAX = 64L << 20;
  private static final int BLOCK_ROWS = 512;

  private final TableCodec codec;
  private final SplittableRandom random;
  private final List<Bytes> held = new ArrayList<>();
  private final long bytesMax;
  private int rowsMax;
  private long heldBytes;
  private long seen;

  private TableSample(Table table, int rowsMax, long bytesMax) {
    this.bytesMax = bytesMax;
    codec = new TableCodec(table);
    random = new SplittableRandom(table.rows().value());
    this.rowsMax = rowsMax;
  }

  /**
   * Reads the whole table once.
   *
   * @param rowsMax most rows to take, at least 1
   * @throws io.distdb.api.error.DistDbException {@code QUERY_CANCELED}; or as reads do
   */
  public static TableSample read(
      Table table, Transaction transaction, Cancellation cancellation, int rowsMax) {
    return read(table, transaction, cancellation, rowsMax, BYTES_MAX);
  }

  /**
   * @param bytesMax most bytes of rows to hold
   */
  static TableSample read(
      Table table, Transaction transaction, Cancellation cancellation, int rowsMax, long bytesMax) {
    TableSample sample = new TableSample(table, rowsMax, bytesMax);
    EntryBlock block = EntryBlock.ofValues(BLOCK_ROWS);
    try (IndexCursor cursor = transaction.range(table.rows(), KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next(block) > 0) {
        cancellation.check();
        for (int i = 0; i < block.size(); i++) {
          sample.offer(block, i);
        }
      }
    }
    return sample;
  }

  private void offer(EntryBlock block, int position) {
    seen++;
    if (held.size() < rowsMax) {
      Bytes row = block.value(position);
      held.add(row);
      heldBytes += row.length();
    } else {
      long place = random.nextLong(seen);
      if (place >= rowsMax) {
        return;
      }
      Bytes row = block.value(position);
      heldBytes += row.length() - held.set((int) place, row).length();
    }
    while (heldBytes > bytesMax && held.size() > 1) {
      halve();
    }
  }

  /** Lets half of the rows go, each with the same chance. */
  private void halve() {
    rowsMax = held.size() / 2;
    while (held.size() > rowsMax) {
      int gone = random.nextInt(held.size());
      heldBytes -= held.get(gone).length();
      held.set(gone, held.getLast());
      held.removeLast();
    }
  }

  /** How many rows the table has. */
  public long tableRows() {
    return seen;
  }

  /** What the rows that were taken hold. */
  long heldBytes() {
    return heldBytes;
  }

  /** How many rows were taken. */
  public int rows() {
    return held.size();
  }

  /** What the rows say of column {@code ordinal}; nothing when there are no rows. */
  public Optional<ColumnStatistics> statistics(int ordinal) {
    if (held.isEmpty()) {
      return Optional.empty();
    }
    ColumnSample column = new ColumnSample(codec.layout.type(ordinal));
    for (Bytes row : held) {
      column.add(codec.layout, codec.complete(row), ordinal);
    }
    return Optional.of(column.statistics(seen));
  }
}
