// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.sql.codec.ColumnReader;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads stored rows in blocks, column by column: first the columns that the filter asks for, then
 * the others of the rows that pass it only.
 */
final class ScanOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final TableCodec table;
    private final AccessProgram access;
    private final int[] ordinals;
    private final Program filter;

    /** Positions of the columns that the filter reads, and of the others. */
    private final int[] filtered;

    private final int[] others;

    /** Whether a key is asked for, by the caller or as the row id: keys cost a copy each. */
    private final boolean keepsKeys;

    Factory(PhysicalPlan.Scan scan, TableCodec table, boolean keysWanted) {
      this.table = table;
      access = new AccessProgram(table, scan.path(), scan.direction(), List.of());
      ordinals = scan.ordinals().stream().mapToInt(Integer::intValue).toArray();
      keepsKeys = keysWanted || scan.ordinals().contains(Relation.Scan.ROW_ID);
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
      return new ScanOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Frame filterFrame;
  private final RowCursor cursor;
  private final Vector[] vectors;

  /** Null where the row id is read. */
  private final ColumnReader[] readers;

  private final Batch batch;
  private EntryBlock block;
  private int[] selection = {};
  private int size = Batch.ROWS_FIRST;
  private boolean done;

  private ScanOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    filterFrame = plan.filter == null ? null : plan.filter.frame(execution);
    vectors = new Vector[plan.ordinals.length];
    readers = new ColumnReader[plan.ordinals.length];
    for (int i = 0; i < vectors.length; i++) {
      int ordinal = plan.ordinals[i];
      vectors[i] = new Vector(plan.table.type(ordinal), size);
      if (ordinal != Relation.Scan.ROW_ID) {
        readers[i] = new ColumnReader(plan.table.layout, ordinal);
      }
    }
    batch = new Batch(vectors);
    Frame keys = plan.access.frame(execution);
    cursor = plan.access.open(execution.transaction(), plan.access.evaluateConstant(keys), 0);
  }

  @Override
  public Batch next() {
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

  /** Key of the row at {@code position} of the current batch, when keys are wanted. */
  Bytes rowKey(int position) {
    return block.key(position);
  }

  private int fill() {
    if (block == null || block.capacity() < size) {
      block = plan.keepsKeys ? new EntryBlock(size) : EntryBlock.ofValues(size);
      for (Vector vector : vectors) {
        vector.ensure(size);
      }
    }
    int rows = cursor.next(block);
    plan.table.complete(block);
    done = rows < size;
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

  /** Reads columns of the selected rows. */
  private void read(int[] positions) {
    for (int i : positions) {
      if (readers[i] == null) {
        readRowIds(vectors[i]);
      } else {
        vectors[i].read(readers[i], block, batch.selected, batch.count);
      }
    }
  }

  private void readRowIds(Vector target) {
    KeyReader reader = new KeyReader();
    for (int n = 0; n < batch.count; n++) {
      int at = batch.position(n);
      target.nulls[at] = false;
      target.longs[at] = reader.reset(block.key(at), 0).readLong(TableCodec.ROW_ID);
    }
  }

  @Override
  public void close() {
    done = true;
    cursor.close();
  }
}
