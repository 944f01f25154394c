// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillReader;
import java.util.List;

/** The rows of a temporary file, in their order. */
final class SpillScan implements Operator {
  private final SpillFile file;
  private final boolean last;
  private final SpillReader reader;
  private final Batch output;

  /**
   * @param layout of the file's columns
   * @param last whether the file goes when the rows are through or the operator is closed
   */
  SpillScan(SpillFile file, List<Variable> layout, boolean last) {
    this.file = file;
    this.last = last;
    reader = file.reader();
    output = ColumnBuffer.batchOf(layout);
  }

  @Override
  public Batch next() {
    int rows = reader.next(output.columns);
    if (rows == 0) {
      close();
      return null;
    }
    output.setDense(rows);
    return output;
  }

  @Override
  public void close() {
    if (last) {
      file.close();
    }
  }
}
