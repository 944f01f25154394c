// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * The rows that {@code IN} looks through, in a hash table, or on disk where they find no room. Rows
 * with a NULL are beside it: they equal nothing, but may leave it unknown.
 */
final class HashedRows {
  private final ColumnBuffer withNulls;
  private KeyTable table;

  /** The rows without a NULL that are not in the table; null while all are. */
  private HashOrderedRows others;

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
        if (!hasNull(batch.columns, row)) {
          table.findOrAdd(batch.columns, row);
        } else if (layout.size() > 1 || withNulls.rows == 0) {
          withNulls.append(batch.columns, row);
        }
      }
      if (!holding.tryHold(heapBytes())) {
        makeRoom(layout, execution, holding);
      }
    }
    if (others != null) {
      putAside();
      others.finish();
      holding.holdAnyway(heapBytes());
    }
  }

  private void makeRoom(List<Variable> layout, Execution execution, QueryMemory.Holding holding) {
    if (others == null && table.size() > 0) {
      others = new HashOrderedRows(layout, execution, holding);
    }
    putAside();
    holding.set(heapBytes());
  }

  private void putAside() {
    if (table.size() > 0) {
      others.add(table);
      table = new KeyTable(withNulls.columns);
    }
  }

  /** How many rows are held. */
  int size() {
    return table.size() + withNulls.rows;
  }

  /** What the rows take in memory, an estimate. */
  long heapBytes() {
    return table.heapBytes() + withNulls.heapBytes() + (others == null ? 0 : others.heapBytes());
  }

  /** Deletes files. May be called twice. */
  void close() {
    if (others != null) {
      others.close();
    }
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
    boolean found = !unknown && contains(operands, row);
    target.longs[row] = found ? 1 : 0;
    target.nulls[row] =
        !found
            && (mayEqual(withNulls.columns, withNulls.rows, operands, row)
                || unknown && mayContain(operands, row));
  }

  private boolean contains(Vector[] operands, int row) {
    return others == null
        ? table.find(operands, row) != KeyTable.ABSENT
        : others.contains(operands, row);
  }

  private boolean mayContain(Vector[] operands, int row) {
    return others == null
        ? mayEqual(table.keys(), table.size(), operands, row)
        : others.mayContain(operands, row);
  }

  /** Whether in some row all pairs are equal or have a NULL. */
  static boolean mayEqual(Vector[] rows, int count, Vector[] operands, int row) {
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
