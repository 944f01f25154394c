// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/** Rows with their number, from 0, in a column behind the others. */
final class NumberedRows implements Operator {
  /** The column. */
  static final Variable NUMBER = new Variable(-1, "number", SqlType.BIGINT);

  private final Operator input;
  private final int width;
  private final Vector numbers = new Vector(SqlType.BIGINT, Batch.ROWS_FIRST);
  private final Batch output = new Batch(null);
  private long next;

  /**
   * @param width columns of the input
   */
  NumberedRows(Operator input, int width) {
    this.input = input;
    this.width = width;
  }

  @Override
  public Batch next() {
    Batch batch = input.next();
    if (batch == null) {
      return null;
    }
    numbers.ensure(batch.extent);
    for (int n = 0; n < batch.count; n++) {
      numbers.longs[batch.position(n)] = next++;
    }
    output.columns = Arrays.copyOf(batch.columns, width + 1);
    output.columns[width] = numbers;
    output.count = batch.count;
    output.selected = batch.selected;
    output.extent = batch.extent;
    return output;
  }

  @Override
  public void close() {
    input.close();
  }
}
