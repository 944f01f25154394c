// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.index.EntryBlock;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.codec.ColumnForm;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.external.ByteOutput;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.plan.PhysicalPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of a table as they are stored, for whoever writes them all as bytes: neither vectors nor
 * strings are made of them, and texts are copied as the UTF-8 that they are.
 */
final class StoredRows implements RowSource {
  /** Makes rows for each run. */
  @FunctionalInterface
  interface Factory {
    RowSource open(Execution execution);
  }

  /**
   * What can be read so: a scan of rows without a filter, perhaps below a projection of columns
   * only.
   */
  static Optional<Factory> of(PhysicalPlan root, Function<Table, TableCodec> codecs) {
    PhysicalPlan below = root instanceof PhysicalPlan.Project project ? project.input() : root;
    if (!(below instanceof PhysicalPlan.Scan scan)
        || scan.filter().isPresent()
        || scan.isIndexOnly()) {
      return Optional.empty();
    }
    int[] ordinals = new int[root.output().size()];
    for (int i = 0; i < ordinals.length; i++) {
      Expression shown =
          root instanceof PhysicalPlan.Project project
              ? project.assignments().get(i).expression()
              : new Expression.Reference(scan.output().get(i));
      if (!(shown instanceof Expression.Reference reference)) {
        return Optional.empty();
      }
      ordinals[i] = scan.ordinals().get(scan.output().indexOf(reference.variable()));
      if (ordinals[i] == Relation.Scan.ROW_ID) {
        return Optional.empty();
      }
    }
    TableCodec table = codecs.apply(scan.table());
    AccessProgram access = new AccessProgram(table, scan.path(), scan.direction(), List.of());
    return Optional.of(execution -> new StoredRows(table, access, ordinals, execution));
  }

  private final TableCodec table;
  private final RowLayout layout;
  private final int[] ordinals;
  private final RowCursor cursor;

  /** Whether the cursor asks for keys, as one that looks rows up does. */
  private final boolean keepsKeys;

  private EntryBlock block;
  private int rows;
  private int at;
  private byte[] row;
  private boolean done;

  private StoredRows(TableCodec table, AccessProgram access, int[] ordinals, Execution execution) {
    this.table = table;
    layout = table.layout;
    this.ordinals = ordinals;
    keepsKeys = access.looksUp();
    block = keepsKeys ? new EntryBlock(Batch.ROWS_FIRST) : EntryBlock.ofValues(Batch.ROWS_FIRST);
    Frame keys = access.frame(execution);
    cursor = access.open(execution.transaction(), access.evaluateConstant(keys), 0);
  }

  @Override
  public boolean next() {
    if (++at >= rows && !nextBlock()) {
      return false;
    }
    row = block.valueArray(at);
    return true;
  }

  private boolean nextBlock() {
    if (done) {
      return false;
    }
    if (rows > 0) {
      int size = Batch.grow(block.capacity());
      if (size > block.capacity()) {
        block = keepsKeys ? new EntryBlock(size) : EntryBlock.ofValues(size);
      }
    }
    rows = cursor.next(block);
    table.complete(block);
    at = 0;
    done = rows < block.capacity();
    return rows > 0;
  }

  @Override
  public boolean isNull(int column) {
    return layout.isNull(row, ordinals[column]);
  }

  @Override
  public long getLong(int column) {
    return layout.getWhole(row, ordinals[column]);
  }

  @Override
  public double getDouble(int column) {
    int ordinal = ordinals[column];
    long bits = layout.getWhole(row, ordinal);
    return layout.form(ordinal) == ColumnForm.FLOAT
        ? Float.intBitsToFloat((int) bits)
        : Double.longBitsToDouble(bits);
  }

  @Override
  public String getText(int column) {
    int from = layout.textStart(row, ordinals[column]);
    int length = layout.textEnd(row, ordinals[column]) - from;
    return new String(row, from, length, StandardCharsets.UTF_8);
  }

  @Override
  public void putText(int column, ByteOutput target) {
    int from = layout.textStart(row, ordinals[column]);
    target.putBytes(row, from, layout.textEnd(row, ordinals[column]) - from);
  }

  @Override
  public Object getObject(int column) {
    return layout.getObject(row, ordinals[column]);
  }

  @Override
  public void close() {
    done = true;
    rows = 0;
    cursor.close();
  }
}
