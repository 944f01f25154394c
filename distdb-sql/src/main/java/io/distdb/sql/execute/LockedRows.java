// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Values;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one table that satisfy a predicate.
 *
 * <p>By key: lock, then read, then check the predicate. Otherwise all candidates are collected at
 * the statement's snapshot first, so that no row is met again after it was changed (the Halloween
 * problem); then each is locked, and the predicate is checked again on a row that changed in the
 * meantime.
 */
final class LockedRows extends TargetRows {
  private final TableCodec table;
  private final AccessProgram access;
  private final ScanOperator.Factory scan;
  private final Program predicate;
  private final boolean[] needed;
  private final boolean whole;

  /**
   * @param whole all rows come as one batch
   * @param needed ordinals of the columns that the caller reads; those of the predicate are added
   */
  LockedRows(
      TableCodec table,
      PhysicalPlan.Scan target,
      Optional<Expression> predicate,
      boolean[] needed,
      boolean whole) {
    this.table = table;
    this.whole = whole;
    this.needed = needed;
    access = new AccessProgram(table, target.path(), target.direction(), List.of());
    scan = access.isRowGet() ? null : new ScanOperator.Factory(keysOnly(target), table, true);
    this.predicate =
        predicate.map(e -> ExpressionCompiler.compile(target.output(), List.of(e))).orElse(null);
    predicate.ifPresent(e -> ReferencedColumns.mark(e, target.output(), needed));
  }

  /** The scan without the columns that its filter does not ask for. */
  private static PhysicalPlan.Scan keysOnly(PhysicalPlan.Scan target) {
    boolean[] read = new boolean[target.output().size()];
    target.filter().ifPresent(e -> ReferencedColumns.mark(e, target.output(), read));
    List<Variable> output = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < read.length; i++) {
      if (read[i]) {
        output.add(target.output().get(i));
        ordinals.add(target.ordinals().get(i));
      }
    }
    return new PhysicalPlan.Scan(
        target.table(),
        target.alias(),
        output,
        ordinals,
        target.path(),
        target.direction(),
        target.conditions(),
        target.filter(),
        target.why(),
        target.estimate());
  }

  @Override
  Run newRun() {
    return new OfTable();
  }

  private final class OfTable extends Run {
    private final KeyWriter keyWriter = new KeyWriter(16);
    private final Frame frame = predicate == null ? null : predicate.frame();
    private final Bytes[] oneKey = new Bytes[1];
    private Execution execution;
    private Bytes[] candidates;
    private int capacity;
    private Batch batch;
    private boolean[] unchecked;
    private int[] selection;
    private int next;

    @Override
    Run begin(Execution newExecution) {
      execution = newExecution;
      candidates =
          access.isRowGet()
              ? access.constantKeys(execution, keyWriter, oneKey)
              : collect().toArray(Bytes[]::new);
      next = 0;
      if (frame != null) {
        frame.renew(execution);
      }
      int needs = whole ? candidates.length : Math.min(Batch.ROWS_MAX, candidates.length);
      if (batch == null || capacity < needs) {
        allocate(needs);
      }
      return this;
    }

    private void allocate(int rowsMax) {
      capacity = rowsMax;
      batch = new Batch(table.vectors(needed, capacity));
      keys = new Bytes[capacity];
      rows = new Bytes[capacity];
      if (predicate != null) {
        unchecked = new boolean[capacity];
        selection = new int[capacity];
      }
    }

    @Override
    Batch batch() {
      return batch;
    }

    @Override
    boolean release() {
      execution = null;
      candidates = null;
      oneKey[0] = null;
      if (capacity > KeptRuns.ROWS_MAX) {
        return false;
      }
      Arrays.fill(keys, null);
      Arrays.fill(rows, null);
      for (Vector column : batch.columns) {
        if (column != null) {
          column.forgetTexts();
        }
      }
      if (frame != null) {
        frame.release();
      }
      return true;
    }

    private List<Bytes> collect() {
      List<Bytes> found = new ArrayList<>();
      QueryMemory.Holding holding = execution.memory().holding("list of rows to change");
      long bytes = 0;
      ScanOperator operator = scan.open(execution);
      try {
        for (Batch rows = operator.next(); rows != null; rows = operator.next()) {
          for (int n = 0; n < rows.count; n++) {
            Bytes key = operator.rowKey(rows.position(n));
            found.add(key);
            bytes += Values.heapBytes(key);
          }
          holding.set(bytes);
        }
      } finally {
        operator.close();
      }
      return found;
    }

    @Override
    boolean next() {
      while (next < candidates.length) {
        execution.cancellation().check();
        int locked = lock();
        if (locked > 0 && check(locked)) {
          return true;
        }
      }
      return false;
    }

    private int lock() {
      Transaction transaction = execution.transaction();
      int count = 0;
      while (next < candidates.length && count < capacity) {
        Bytes key = candidates[next++];
        RowLock lock =
            transaction.lock(table.table.rows(), key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
        if (lock instanceof RowLock.Held held
            && held.value() != null
            && !execution.isChangedAlready(table.table.rows(), key)) {
          keys[count] = key;
          rows[count] = held.value();
          if (predicate != null) {
            unchecked[count] = scan == null || held.changed();
          }
          table.read(held.value(), batch.columns, count);
          count++;
        }
      }
      return count;
    }

    /** Selects the rows that satisfy the predicate; evaluates it where the scan did not. */
    private boolean check(int count) {
      batch.setDense(count);
      if (predicate == null) {
        return true;
      }
      int open = 0;
      for (int n = 0; n < count; n++) {
        if (unchecked[n]) {
          selection[open++] = n;
        }
      }
      if (open == 0) {
        return true;
      }
      batch.selected = selection;
      batch.count = open;
      Vector holds = predicate.evaluate(0, frame, batch);
      int kept = 0;
      for (int n = 0; n < count; n++) {
        if (!unchecked[n] || !holds.nulls[n] && holds.longs[n] != 0) {
          selection[kept++] = n;
        }
      }
      batch.count = kept;
      return kept > 0;
    }
  }
}
