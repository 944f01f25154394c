// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexCursor;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.vector.Vector;

/** Reads columns from the entries of an index alone; all of them at once, in the entry's order. */
final class EntryScan extends ScanOperator {
  private final IndexCodec index;
  private final EntryColumns columns;
  private final IndexCursor entries;

  EntryScan(Factory plan, EntryColumns columns, Execution execution) {
    super(plan, execution);
    this.columns = columns;
    index = plan.access.index();
    Frame keys = plan.access.frame(execution);
    Vector[] values = plan.access.evaluateConstant(keys);
    entries = plan.access.openEntries(execution.transaction(), values, 0);
  }

  @Override
  int fetch() {
    int rows = entries.next(block);
    columns.read(block, vectors);
    return rows;
  }

  @Override
  void read(int[] positions) {
    // All columns were read with the block.
  }

  @Override
  Bytes rowKey(int position) {
    return index.rowKey(block.key(position), block.value(position), new KeyReader());
  }

  @Override
  void closeCursor() {
    entries.close();
  }
}
