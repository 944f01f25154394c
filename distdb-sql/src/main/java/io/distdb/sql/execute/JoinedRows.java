// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.StatementPlan;
import io.distdb.sql.vector.Vector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of one table that join with rows of others, each once, with the partner that came first.
 *
 * <p>The join is read to its end at the statement's snapshot. Then each row is locked; when it
 * changed in the meantime, the predicate is checked again with its newest value and the partner as
 * it was read, and if it does not hold the next partner has its turn (PostgreSQL, "Read Committed
 * Isolation Level").
 */
final class JoinedRows extends TargetRows {
  private final TableCodec table;
  private final OperatorFactory source;
  private final List<Variable> output;
  private final int keyCount;
  private final List<Variable> others;
  private final Program predicate;
  private final boolean[] needed;
  private final boolean whole;

  /**
   * @param needed ordinals of the columns that the caller reads; those of the predicate are added
   * @param whole all rows come as one batch
   */
  JoinedRows(
      TableCodec table,
      StatementPlan.Joined target,
      OperatorFactory source,
      boolean[] needed,
      boolean whole) {
    this.table = table;
    this.source = source;
    this.needed = needed;
    this.whole = whole;
    output = target.source().output();
    keyCount = target.keys();
    others = target.others();
    predicate =
        target
            .predicate()
            .map(e -> ExpressionCompiler.compile(target.layout(), List.of(e)))
            .orElse(null);
    target.predicate().ifPresent(e -> ReferencedColumns.mark(e, target.columns(), needed));
  }

  @Override
  Run newRun() {
    return new OfJoin();
  }

  private final class OfJoin extends Run {
    private final KeyWriter keyWriter = new KeyWriter(16);
    private final int[] one = new int[1];
    private final Set<Bytes> met = new HashSet<>();
    private Execution execution;
    private Frame frame;
    private ColumnBuffer joined;
    private Batch batch;
    private int capacity;
    private int next;

    @Override
    Run begin(Execution newExecution) {
      execution = newExecution;
      joined = new ColumnBuffer(output);
      QueryMemory.Holding holding = execution.memory().holding("list of rows to change");
      Operator operator = source.open(execution);
      try {
        for (Batch read = operator.next(); read != null; read = operator.next()) {
          execution.cancellation().check();
          joined.append(read);
          holding.set(joined.heapBytes());
        }
      } finally {
        operator.close();
      }
      next = 0;
      frame = predicate == null ? null : predicate.frame(execution);
      capacity = whole ? joined.rows : Math.min(Batch.ROWS_MAX, joined.rows);
      allocate();
      return this;
    }

    private void allocate() {
      Vector[] own = table.vectors(needed, capacity);
      Vector[] columns = new Vector[own.length + others.size()];
      System.arraycopy(own, 0, columns, 0, own.length);
      for (int i = 0; i < others.size(); i++) {
        columns[own.length + i] = new Vector(others.get(i).type(), capacity);
      }
      batch = new Batch(columns);
      keys = new Bytes[capacity];
      rows = new Bytes[capacity];
    }

    @Override
    boolean next() {
      int count = 0;
      while (next < joined.rows && count < capacity) {
        int row = next++;
        Bytes key = key(row);
        if (!met.contains(key) && take(key, row, count)) {
          met.add(key);
          count++;
        }
      }
      batch.setDense(count);
      return count > 0;
    }

    private Bytes key(int row) {
      keyWriter.reset();
      for (int i = 0; i < keyCount; i++) {
        Cells.append(keyWriter, table.key.get(i), joined.columns[i], row);
      }
      return keyWriter.toBytes();
    }

    /** Locks the row and puts it with its partner to position {@code at}; false: it is gone. */
    private boolean take(Bytes key, int row, int at) {
      execution.cancellation().check();
      RowLock lock =
          execution
              .transaction()
              .lock(table.table.rows(), key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      if (!(lock instanceof RowLock.Held held)
          || held.value() == null
          || execution.isChangedAlready(table.table.rows(), key)) {
        return false;
      }
      table.read(held.value(), batch.columns, at);
      int first = table.layout.columnCount();
      for (int i = 0; i < others.size(); i++) {
        batch.columns[first + i].set(at, joined.columns[keyCount + i], row);
      }
      keys[at] = key;
      rows[at] = held.value();
      return !held.changed() || holds(at);
    }

    private boolean holds(int at) {
      if (predicate == null) {
        return true;
      }
      one[0] = at;
      batch.selected = one;
      batch.count = 1;
      batch.extent = at + 1;
      Vector holds = predicate.evaluate(0, frame, batch);
      return !holds.nulls[at] && holds.longs[at] != 0;
    }

    @Override
    Batch batch() {
      return batch;
    }

    @Override
    boolean release() {
      return false;
    }
  }
}
