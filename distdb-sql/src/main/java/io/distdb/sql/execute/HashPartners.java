// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * The build side of a hash join: NULL keys match nothing. Rows of one key are chained in order of
 * arrival.
 */
final class HashPartners implements Partners.Paired {
  private static final int END = -1;

  /** What is compiled once. */
  static final class Factory {
    private final OperatorFactory build;
    private final PhysicalPlan.HashJoin plan;
    private final Program probeKeys;
    private final Program buildKeys;

    Factory(OperatorFactory build, PhysicalPlan.HashJoin plan) {
      this.build = build;
      this.plan = plan;
      probeKeys = ExpressionCompiler.compile(plan.probe().output(), plan.probeKeys());
      buildKeys = ExpressionCompiler.compile(plan.build().output(), plan.buildKeys());
    }

    Partners.Paired open(Execution execution) {
      return new HashPartners(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final QueryMemory.Holding holding;
  private final Frame probeFrame;
  private final Vector[] keys;
  private ColumnBuffer rows;
  private KeyTable table;

  /** First and last row of each key number, then the next row of the same key. */
  private int[] first = {};

  private int[] last = {};
  private int[] nextRow = {};
  private int partner = END;
  private int current = END;

  /** The outer row that {@link #pairs} is at. */
  private int ordinal;

  private HashPartners(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    holding = execution.memory().holding("hash table of the join");
    probeFrame = plan.probeKeys.frame(execution);
    keys = new Vector[plan.probeKeys.size()];
  }

  private void build() {
    rows = new ColumnBuffer(plan.plan.build().output());
    Frame frame = plan.buildKeys.frame(execution);
    Vector[] buildKeys = new Vector[keys.length];
    Operator input = plan.build.open(execution);
    try {
      for (Batch batch = input.next(); batch != null; batch = input.next()) {
        execution.cancellation().check();
        for (int i = 0; i < keys.length; i++) {
          buildKeys[i] = plan.buildKeys.evaluate(i, frame, batch);
        }
        int firstRow = rows.rows;
        rows.append(batch);
        for (int n = 0; n < batch.count; n++) {
          chain(buildKeys, batch.position(n), firstRow + n);
        }
        holding.set(heapBytes());
      }
    } finally {
      input.close();
    }
  }

  private long heapBytes() {
    long keyBytes = table == null ? 0 : table.heapBytes();
    return rows.heapBytes() + keyBytes + 4L * (first.length + last.length + nextRow.length);
  }

  private void chain(Vector[] buildKeys, int position, int row) {
    if (anyNull(buildKeys, position)) {
      return;
    }
    if (table == null) {
      table = new KeyTable(buildKeys);
    }
    int known = table.size();
    int number = table.findOrAdd(buildKeys, position);
    first = room(first, number);
    last = room(last, number);
    nextRow = room(nextRow, row);
    nextRow[row] = END;
    if (number == known) {
      first[number] = row;
    } else {
      nextRow[last[number]] = row;
    }
    last[number] = row;
  }

  private static int[] room(int[] array, int index) {
    return index < array.length ? array : Arrays.copyOf(array, Math.max(16, index * 2));
  }

  private static boolean anyNull(Vector[] keys, int position) {
    for (Vector key : keys) {
      if (key.nulls[position]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public ColumnBuffer rows() {
    if (rows == null) {
      build();
    }
    return rows;
  }

  @Override
  public void enterBatch(Batch batch) {
    rows();
    ordinal = -1;
    partner = END;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = plan.probeKeys.evaluate(i, probeFrame, batch);
    }
  }

  @Override
  public void enterRow(int position) {
    partner = END;
    if (table != null && !anyNull(keys, position)) {
      int number = table.find(keys, position);
      partner = number == KeyTable.ABSENT ? END : first[number];
    }
  }

  @Override
  public int pairs(Batch outer, int[] outerRows, int[] partners) {
    int found = 0;
    while (found < partners.length) {
      if (partner != END) {
        outerRows[found] = outer.position(ordinal);
        partners[found++] = partner;
        partner = nextRow[partner];
      } else if (++ordinal < outer.count) {
        enterRow(outer.position(ordinal));
      } else {
        break;
      }
    }
    return found;
  }

  @Override
  public boolean next(Vector[] columns, int firstColumn, int at) {
    if (partner == END) {
      return false;
    }
    for (int i = 0; i < rows.columns.length; i++) {
      columns[firstColumn + i].set(at, rows.columns[i], partner);
    }
    current = partner;
    partner = nextRow[partner];
    return true;
  }

  @Override
  public int current() {
    return current;
  }

  @Override
  public void close() {
    rows = null;
    table = null;
    holding.release();
  }
}
