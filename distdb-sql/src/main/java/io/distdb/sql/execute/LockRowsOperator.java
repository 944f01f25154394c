// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.logical.Relation.LockTarget;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * SELECT … FOR UPDATE. Rows are locked one at a time, so that a LIMIT above locks no more than it
 * returns. A row that another transaction has changed since the statement's snapshot is read anew
 * and checked again (PostgreSQL documentation, 13.2.1).
 */
final class LockRowsOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory input;
    private final PhysicalPlan.LockRows plan;
    private final List<TableCodec> tables;
    private final Program recheck;
    private final int[][] keys;
    private final int[][] columns;

    /**
     * @param tables one for each target
     */
    Factory(OperatorFactory input, PhysicalPlan.LockRows plan, List<TableCodec> tables) {
      this.input = input;
      this.plan = plan;
      this.tables = tables;
      List<Variable> layout = plan.input().output();
      recheck =
          ExpressionCompiler.compile(layout, plan.recheck().map(List::of).orElseGet(List::of));
      keys = new int[tables.size()][];
      columns = new int[tables.size()][];
      for (int i = 0; i < keys.length; i++) {
        LockTarget target = plan.targets().get(i);
        keys[i] = target.key().stream().mapToInt(layout::indexOf).toArray();
        columns[i] = target.columns().stream().mapToInt(layout::indexOf).toArray();
      }
    }

    @Override
    public Operator open(Execution execution) {
      return new LockRowsOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Operator input;
  private final Frame frame;
  private final KeyWriter writer = new KeyWriter(16);
  private final Batch output;
  private final Bytes[] changed;
  private Batch rows;
  private int next;

  private LockRowsOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    if (execution.transaction().readOnly()) {
      throw new DistDbException(
          ErrorCode.READ_ONLY_TRANSACTION,
          "cannot execute SELECT "
              + plan.plan.targets().getFirst().clause()
              + " in a read-only transaction");
    }
    frame = plan.recheck.frame(execution);
    output = ColumnBuffer.batchOf(plan.plan.output());
    changed = new Bytes[plan.tables.size()];
    input = plan.input.open(execution);
  }

  @Override
  public Batch next() {
    while (true) {
      execution.cancellation().check();
      if (rows == null || next == rows.count) {
        rows = input.next();
        next = 0;
        if (rows == null) {
          return null;
        }
      }
      if (take(rows.position(next++))) {
        return output;
      }
    }
  }

  /** Locks the row and puts it into the output; false: it is to be passed over. */
  private boolean take(int position) {
    for (int i = 0; i < output.columns.length; i++) {
      output.columns[i].ensure(1);
      output.columns[i].set(0, rows.columns[i], position);
    }
    output.setDense(1);
    boolean anew = false;
    for (int target = 0; target < changed.length; target++) {
      if (!lock(target)) {
        return false;
      }
      anew |= changed[target] != null;
    }
    return !anew || reread();
  }

  private boolean lock(int target) {
    TableCodec table = plan.tables.get(target);
    changed[target] = null;
    writer.reset();
    int[] key = plan.keys[target];
    for (int i = 0; i < key.length; i++) {
      Cells.append(writer, table.key.get(i), output.columns[key[i]], 0);
    }
    return switch (locked(table, plan.plan.targets().get(target))) {
      case RowLock.Skipped ignored -> false;
      case RowLock.Held row -> {
        changed[target] = row.changed() ? row.value() : null;
        yield row.value() != null;
      }
    };
  }

  private RowLock locked(TableCodec table, LockTarget lock) {
    try {
      return execution
          .transaction()
          .lock(table.table.rows(), writer.toBytes(), lock.strength(), lock.policy());
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.LOCK_NOT_AVAILABLE && lock.policy() == WaitPolicy.NO_WAIT) {
        throw new DistDbException(
            ErrorCode.LOCK_NOT_AVAILABLE,
            "could not obtain lock on row in relation \"" + table.table.name() + "\"",
            refused);
      }
      throw refused;
    }
  }

  private boolean reread() {
    for (int target = 0; target < changed.length; target++) {
      if (changed[target] == null) {
        continue;
      }
      LockTarget read = plan.plan.targets().get(target);
      for (int i = 0; i < read.ordinals().size(); i++) {
        Vector column = output.columns[plan.columns[target][i]];
        TableCodec table = plan.tables.get(target);
        int ordinal = read.ordinals().get(i);
        Cells.read(table.layout, table.complete(changed[target]), ordinal, column, 0);
      }
    }
    if (plan.recheck.size() == 0) {
      return true;
    }
    Vector holds = plan.recheck.evaluate(0, frame, output);
    return !holds.nulls[0] && holds.longs[0] != 0;
  }

  @Override
  public void close() {
    input.close();
    rows = null;
  }
}
