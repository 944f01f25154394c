// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * The rows that {@code IN} looks through, in a hash table. Rows with a NULL are beside it: they
 * equal nothing, but may leave it unknown.
 */
final class HashedRows {
  private final ColumnBuffer withNulls;
  private final KeyTable table;

  /**
   * @param holding told of the size as it grows
   */
  HashedRows(
      List<Variable> layout, Operator rows, Execution execution, QueryMemory.Holding holding) {
    withNulls = new ColumnBuffer(layout);
    table = new KeyTable(withNulls.columns);
    for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
      execution.cancellation().check();
      for (int n = 0; n < batch.count; n++) {
        int row = batch.position(n);
        if (hasNull(batch.columns, row)) {
          withNulls.append(batch.columns, row);
        } else {
          table.findOrAdd(batch.columns, row);
        }
      }
      holding.set(heapBytes());
    }
  }

  /** How many rows are held. */
  int size() {
    return table.size() + withNulls.rows;
  }

  /** What the rows take, an estimate. */
  long heapBytes() {
    return table.heapBytes() + withNulls.heapBytes();
  }

  private static boolean hasNull(Vector[] columns, int row) {
    for (Vector column : columns) {
      if (column.nulls[row]) {
        return true;
      }
    }
    return false;
  }

  /** Whether some row equals the one of {@code operands}, three-valued; to {@code target}. */
  void test(Vector[] operands, int row, Vector target) {
    boolean unknown = hasNull(operands, row);
    boolean found = !unknown && table.find(operands, row) != KeyTable.ABSENT;
    target.longs[row] = found ? 1 : 0;
    target.nulls[row] =
        !found
            && (mayEqual(withNulls.columns, withNulls.rows, operands, row)
                || unknown && mayEqual(table.keys(), table.size(), operands, row));
  }

  /** Whether in some row all pairs are equal or have a NULL. */
  private static boolean mayEqual(Vector[] rows, int count, Vector[] operands, int row) {
    for (int n = 0; n < count; n++) {
      boolean may = true;
      for (int i = 0; may && i < operands.length; i++) {
        may =
            rows[i].nulls[n] || operands[i].nulls[row] || rows[i].compare(n, operands[i], row) == 0;
      }
      if (may) {
        return true;
      }
    }
    return false;
  }
}
