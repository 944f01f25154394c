// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillReader;
import io.distdb.sql.spill.SpillScope;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * The rows of RETURNING: all are there before the first is read, so that a statement that has rows
 * to give is done, and can be repeated until then. They outlive the statement: those that are in a
 * temporary file go with {@link #close}.
 */
public final class ReturnedRows extends VectorCells implements RowSource {
  private int rows;
  private long referredBytes;
  private SpillScope scope;
  private SpillFile file;
  private SpillReader reader;

  public ReturnedRows() {
    current = -1;
  }

  /** Copies what is at the batch's positions. */
  void add(Vector[] values, Batch batch, QueryMemory memory, QueryMemory.Holding holding) {
    if (file != null) {
      file.append(values, batch.selected, 0, batch.count);
      return;
    }
    if (columns == null) {
      columns = new Vector[values.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = new Vector(values[i].type, batch.count);
      }
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i].ensure(rows + batch.count);
      for (int n = 0; n < batch.count; n++) {
        columns[i].set(rows + n, values[i], batch.position(n));
        referredBytes += columns[i].referredBytes(rows + n);
      }
    }
    rows += batch.count;
    if (!holding.tryHold(heapBytes())) {
      spill(memory);
      holding.holdAnyway(memory.blockBytes());
    }
  }

  private void spill(QueryMemory memory) {
    scope = memory.spill().sibling();
    file =
        scope.newFile(
            Arrays.stream(columns).map(column -> column.type).toList(), memory.blockBytes());
    file.append(columns, null, 0, rows);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Vector(columns[i].type, 0);
    }
    rows = 0;
    referredBytes = 0;
  }

  /** Whether there is a temporary file, so that {@link #close} must not be forgotten. */
  public boolean isOnDisk() {
    return file != null;
  }

  /** What the rows take, an estimate. */
  private long heapBytes() {
    long bytes = referredBytes;
    for (int i = 0; columns != null && i < columns.length; i++) {
      bytes += columns[i].arrayBytes();
    }
    return bytes;
  }

  /** Hands all rows on; none may have been read. */
  void appendTo(RowList list) {
    if (columns == null) {
      return;
    }
    Batch some = new Batch(columns);
    if (file == null) {
      some.setDense(rows);
      list.append(some);
      return;
    }
    for (boolean more = nextBlock(); more; more = nextBlock()) {
      some.setDense(rows);
      list.append(some);
    }
  }

  private boolean nextBlock() {
    if (reader == null) {
      reader = file.reader();
    }
    rows = reader.next(columns);
    return rows > 0;
  }

  @Override
  public boolean next() {
    current++;
    if (current >= rows && file != null && nextBlock()) {
      current = 0;
    }
    return current < rows;
  }

  @Override
  public void close() {
    columns = null;
    rows = 0;
    file = null;
    if (scope != null) {
      scope.close();
    }
  }
}
