// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.external.RowCells;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillReader;
import io.distdb.sql.spill.SpillScope;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Rows that are kept, to be read again in any order: in memory while they are few, else in a
 * temporary file. They outlive the statement that gave them; {@link #close} ends them. Used by one
 * thread.
 */
public final class KeptRows extends VectorCells implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 << 10;

  private final List<SqlType> types;
  private final SpillScope scope;
  private final long memoryBytes;

  private int loadedRows;
  private long referredBytes;

  /** Of the rows in {@link #columns}, while there is a file. */
  private long loadedFrom;

  private SpillFile file;
  private SpillReader reader;
  private Vector[] one;

  /**
   * @param scope its own, which {@link #close} closes
   * @param memoryBytes what they may take in memory
   */
  public KeptRows(List<SqlType> types, SpillScope scope, long memoryBytes) {
    this.types = List.copyOf(types);
    this.scope = scope;
    this.memoryBytes = memoryBytes;
    columns = vectors(16);
  }

  private Vector[] vectors(int capacity) {
    return types.stream().map(type -> new Vector(type, capacity)).toArray(Vector[]::new);
  }

  /** How many there are. */
  public long size() {
    return file == null ? loadedRows : file.rows();
  }

  /**
   * Copies the present row of {@code row}.
   *
   * @throws DistDbException {@code OUT_OF_MEMORY}: there can be no temporary files; and as {@link
   *     SpillFile}
   */
  public void add(RowCells row) {
    if (file != null) {
      copy(row, one, 0);
      file.append(one, 0);
      return;
    }
    for (Vector column : columns) {
      column.ensure(loadedRows + 1);
    }
    copy(row, columns, loadedRows);
    for (Vector column : columns) {
      referredBytes += column.referredBytes(loadedRows);
    }
    loadedRows++;
    if (scope.isEager() || heapBytes() > memoryBytes) {
      spill();
    }
  }

  private static void copy(RowCells row, Vector[] target, int at) {
    for (int i = 0; i < target.length; i++) {
      Vector column = target[i];
      column.nulls[at] = row.isNull(i);
      if (column.nulls[at]) {
        continue;
      }
      switch (column.form) {
        case BOOLEAN, SHORT, INT, LONG -> column.longs[at] = row.getLong(i);
        case FLOAT, DOUBLE -> column.doubles[at] = row.getDouble(i);
        case TEXT, PADDED_TEXT -> column.texts[at] = row.getText(i);
        case OBJECT -> column.objects[at] = row.getObject(i);
      }
    }
  }

  private long heapBytes() {
    long bytes = referredBytes;
    for (Vector column : columns) {
      bytes += column.arrayBytes();
    }
    return bytes;
  }

  private void spill() {
    if (!scope.isAvailable()) {
      throw new DistDbException(ErrorCode.OUT_OF_MEMORY, "out of memory")
          .withDetail(
              "The rows of an open cursor take more than " + memoryBytes + " bytes of memory.")
          .withHint("Raise query_memory, or give the database a directory for temporary files.");
    }
    file = scope.newFile(types, BLOCK_BYTES);
    file.append(columns, null, 0, loadedRows);
    loadedRows = 0;
    columns = vectors(0);
    one = vectors(1);
  }

  /**
   * Makes row {@code row} the present one.
   *
   * @param row from 0, below {@link #size}
   */
  public void moveTo(long row) {
    if (file != null && (row < loadedFrom || row >= loadedFrom + loadedRows)) {
      if (reader == null) {
        reader = file.reader();
      }
      int skipped = reader.seek(row);
      loadedRows = reader.next(columns);
      loadedFrom = row - skipped;
    }
    current = (int) (row - loadedFrom);
  }

  @Override
  public void close() {
    columns = vectors(0);
    loadedRows = 0;
    scope.close();
  }
}
