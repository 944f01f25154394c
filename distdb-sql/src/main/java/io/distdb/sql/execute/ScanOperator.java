// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads a table in blocks and keeps the rows for which the filter is true; how columns are read is
 * {@link RowScan}'s or {@link EntryScan}'s.
 */
abstract class ScanOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    final TableCodec table;
    final AccessProgram access;
    final int[] ordinals;
    private final Program filter;

    /** Positions of the columns that the filter reads, and of the others. */
    private final int[] filtered;

    private final int[] others;

    /** Whether a key is asked for, by the caller, the cursor or as the row id: a copy each. */
    private final boolean keepsKeys;

    /** Null unless index entries have all the columns. */
    private final EntryColumns entryColumns;

    /**
     * Rows that the first block of a run has room for: what the run before, of whichever session,
     * needed to take all in one block. Read and written without order; any value that is or was
     * there will do.
     */
    private int rowsFirst = Batch.ROWS_FIRST;

    Factory(PhysicalPlan.Scan scan, TableCodec table, boolean keysWanted) {
      this.table = table;
      access = new AccessProgram(table, scan.path(), scan.direction(), List.of());
      ordinals = scan.ordinals().stream().mapToInt(Integer::intValue).toArray();
      keepsKeys = keysWanted || access.looksUp() || scan.ordinals().contains(Relation.Scan.ROW_ID);
      entryColumns = scan.isIndexOnly() ? EntryColumns.of(table, access.index(), ordinals) : null;
      filter =
          scan.filter()
              .map(predicate -> ExpressionCompiler.compile(scan.output(), List.of(predicate)))
              .orElse(null);
      boolean[] read = new boolean[ordinals.length];
      scan.filter().ifPresent(e -> ReferencedColumns.mark(e, scan.output(), read));
      filtered = IntStream.range(0, read.length).filter(i -> read[i]).toArray();
      others = IntStream.range(0, read.length).filter(i -> !read[i]).toArray();
    }

    @Override
    public ScanOperator open(Execution execution) {
      return entryColumns == null
          ? new RowScan(this, execution)
          : new EntryScan(this, entryColumns.fresh(), execution);
    }
  }

  final Vector[] vectors;
  final Batch batch;
  EntryBlock block;
  private final Factory plan;
  private final Execution execution;
  private final Frame filterFrame;
  private int[] selection = {};
  private int size;
  private long rowsRead;
  private boolean done;

  ScanOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    size = plan.rowsFirst;
    filterFrame = plan.filter == null ? null : plan.filter.frame(execution);
    vectors = new Vector[plan.ordinals.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new Vector(plan.table.type(plan.ordinals[i]), size);
    }
    batch = new Batch(vectors);
  }

  /** Fills {@link #block} anew; fewer than it has room for: there are no more. */
  abstract int fetch();

  /** Reads columns, given by position, of the rows of the block that {@link #batch} selects. */
  abstract void read(int[] positions);

  /** Key of the row at {@code position} of the current batch, when keys are wanted. */
  abstract Bytes rowKey(int position);

  abstract void closeCursor();

  @Override
  public final Batch next() {
    while (!done) {
      execution.cancellation().check();
      int rows = fill();
      if (rows == 0) {
        break;
      }
      batch.setDense(rows);
      if (filter(rows)) {
        read(plan.others);
        return batch;
      }
    }
    close();
    return null;
  }

  private int fill() {
    if (block == null || block.capacity() < size) {
      block = plan.keepsKeys ? new EntryBlock(size) : EntryBlock.ofValues(size);
      for (Vector vector : vectors) {
        vector.ensure(size);
      }
    }
    int rows = fetch();
    done = rows < size;
    rowsRead += rows;
    if (done) {
      plan.rowsFirst = Batch.first(rowsRead);
    }
    size = Batch.grow(size);
    return rows;
  }

  private boolean filter(int rows) {
    if (filterFrame == null) {
      return true;
    }
    if (selection.length < rows) {
      selection = new int[block.capacity()];
    }
    read(plan.filtered);
    int kept = plan.filter.select(0, filterFrame, batch, selection);
    batch.selected = kept == rows ? null : selection;
    batch.count = kept;
    return kept > 0;
  }

  @Override
  public final void close() {
    if (!done) {
      plan.rowsFirst = Batch.ROWS_FIRST;
    }
    done = true;
    closeCursor();
  }
}
