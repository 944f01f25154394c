// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.codec.ColumnReader;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.vector.Vector;

/**
 * Reads stored rows, column by column: first the columns that the filter asks for, then the others
 * of the rows that pass it only.
 */
final class RowScan extends ScanOperator {
  private final TableCodec table;
  private final RowCursor cursor;

  /** Null where the row id is read. */
  private final ColumnReader[] readers;

  /** Where the last slot that is read ends in most rows, less 1; -1: none is read. */
  private int lastSlotByte = -1;

  /** What {@link ColumnReader#touch} gave, of no meaning. */
  int touched;

  RowScan(Factory plan, Execution execution) {
    super(plan, execution);
    table = plan.table;
    readers = new ColumnReader[plan.ordinals.length];
    for (int i = 0; i < readers.length; i++) {
      int ordinal = plan.ordinals[i];
      if (ordinal != Relation.Scan.ROW_ID) {
        readers[i] = new ColumnReader(table.layout, ordinal);
        lastSlotByte = Math.max(lastSlotByte, readers[i].usualEnd() - 1);
      }
    }
    Frame keys = plan.access.frame(execution);
    cursor = plan.access.open(execution.transaction(), plan.access.evaluateConstant(keys), 0);
  }

  @Override
  int fetch() {
    int rows = cursor.next(block);
    table.complete(block);
    if (lastSlotByte >= 0) {
      touched += ColumnReader.touch(block, lastSlotByte);
    }
    return rows;
  }

  @Override
  void read(int[] positions) {
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
    byte[] keys = block.keys();
    for (int n = 0; n < batch.count; n++) {
      int at = batch.position(n);
      target.nulls[at] = false;
      reader.reset(keys, block.keyStart(at), block.keyEnd(at));
      target.longs[at] = reader.readLong(TableCodec.ROW_ID);
    }
  }

  @Override
  Bytes rowKey(int position) {
    return block.key(position);
  }

  @Override
  void closeCursor() {
    cursor.close();
  }
}
