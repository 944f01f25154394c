// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillPartitions;
import io.distdb.sql.vector.Ordering;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * The build side of a hash join, or the part of it that one round holds: NULL keys match nothing.
 *
 * <p>When there is no room, half of the partitions of the rows' hashes go to files, then half of
 * the rest, and so on, as more rows come (hybrid hash join: Shapiro, "Join processing in database
 * systems with large main memories", ACM TODS 11(3), 1986). What is held at the end is joined at
 * once; the others wait for {@link HashJoinOperator}.
 */
final class HashPartners implements Partners.Paired {
  /** What is compiled once. */
  static final class Keys {
    final Program ofProbe;
    final Program ofBuild;
    final List<Variable> layout;

    /** Whether rows come out even without a partner. */
    final boolean kept;

    Keys(PhysicalPlan.HashJoin plan) {
      ofProbe = ExpressionCompiler.compile(plan.probe().output(), plan.probeKeys());
      ofBuild = ExpressionCompiler.compile(plan.build().output(), plan.buildKeys());
      layout = plan.build().output();
      kept = plan.type().keepsSecond();
    }
  }

  private final Keys plan;
  private final Execution execution;
  private final QueryMemory.Holding holding;
  private final int level;
  private final Frame probeFrame;
  private final Frame buildFrame;
  private final Vector[] keys;
  private final Vector[] buildKeys;
  private ChainedRows chained;

  /** Rows with a NULL in their keys, so far. */
  private int unchained;

  /** Of the rows that are not held; null while all are. */
  private SpillPartitions partitions;

  /** Partitions below it are held. */
  private int resident = SpillPartitions.COUNT;

  private int partner = ChainedRows.END;
  private int current = ChainedRows.END;

  /** The outer row that {@link #pairs} is at. */
  private int ordinal;

  /**
   * @param level of the partitions that it makes when there is no room
   */
  HashPartners(Keys plan, int level, Execution execution, QueryMemory.Holding holding) {
    this.plan = plan;
    this.execution = execution;
    this.holding = holding;
    this.level = level;
    probeFrame = plan.ofProbe.frame(execution);
    buildFrame = plan.ofBuild.frame(execution);
    keys = new Vector[plan.ofProbe.size()];
    buildKeys = new Vector[keys.length];
    chained = new ChainedRows(plan.layout);
  }

  /** Takes in all rows of {@code input}, as far as there is room, and closes it. */
  void build(Operator input) {
    try {
      for (Batch batch = input.next(); batch != null; batch = input.next()) {
        add(batch);
        if (!holding.tryHold(heapBytes())) {
          evict();
        }
      }
    } finally {
      input.close();
    }
  }

  /** Takes in rows of {@code input} until there is room for no more, or none is left. */
  void fill(Operator input) {
    boolean room = true;
    while (room) {
      Batch batch = input.next();
      if (batch == null) {
        return;
      }
      add(batch);
      room = holding.tryHold(heapBytes());
    }
  }

  private void add(Batch batch) {
    execution.cancellation().check();
    for (int i = 0; i < buildKeys.length; i++) {
      buildKeys[i] = plan.ofBuild.evaluate(i, buildFrame, batch);
    }
    if (partitions == null) {
      chained.add(batch, buildKeys);
      return;
    }
    for (int n = 0; n < batch.count; n++) {
      int position = batch.position(n);
      boolean isNull = ChainedRows.anyNull(buildKeys, position);
      if (isNull && !plan.kept) {
        continue;
      }
      int hash = isNull ? Ordering.spread(unchained++) : KeyTable.hash(buildKeys, position);
      if (isElsewhere(hash)) {
        partitions.append(hash, batch.columns, position);
      } else if (isNull) {
        chained.addUnchained(batch.columns, position);
      } else {
        chained.add(batch.columns, buildKeys, position, hash);
      }
    }
  }

  private void evict() {
    if (partitions == null) {
      partitions = execution.memory().newPartitions(plan.layout, level);
    }
    do {
      resident /= 2;
      chained.evict(partitions, resident, plan.kept);
    } while (resident > 0 && chained.heapBytes() > holding.shareBytes());
    holding.holdAnyway(heapBytes());
  }

  private boolean isElsewhere(int hash) {
    return SpillPartitions.partition(hash, level) >= resident;
  }

  /** Rows and files, an estimate. */
  long heapBytes() {
    long bytes = chained == null ? 0 : chained.heapBytes();
    return partitions == null ? bytes : bytes + partitions.heapBytes();
  }

  /** The rows that are not held, by their partition; null when all are. */
  SpillPartitions partitions() {
    return partitions;
  }

  /** Whether rows of {@code hash} are in a file, so that a row with such a key must wait. */
  boolean isWaiting(int hash) {
    return partitions != null
        && isElsewhere(hash)
        && partitions.file(SpillPartitions.partition(hash, level)).rows() > 0;
  }

  /** The file with most rows. */
  SpillFile largest() {
    SpillFile largest = partitions.file(0);
    for (int i = 1; i < SpillPartitions.COUNT; i++) {
      largest = partitions.file(i).rows() > largest.rows() ? partitions.file(i) : largest;
    }
    return largest;
  }

  @Override
  public ColumnBuffer rows() {
    return chained.rows();
  }

  @Override
  public void enterBatch(Batch batch) {
    ordinal = -1;
    partner = ChainedRows.END;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = plan.ofProbe.evaluate(i, probeFrame, batch);
    }
  }

  @Override
  public void enterRow(int position) {
    partner = chained.first(keys, position);
  }

  @Override
  public int pairs(Batch outer, int[] outerRows, int[] partners) {
    int found = 0;
    while (found < partners.length) {
      if (partner != ChainedRows.END) {
        outerRows[found] = outer.position(ordinal);
        partners[found++] = partner;
        partner = chained.next(partner);
      } else if (++ordinal < outer.count) {
        partner = chained.first(keys, outer.position(ordinal));
      } else {
        break;
      }
    }
    return found;
  }

  @Override
  public boolean next(Vector[] columns, int firstColumn, int at) {
    if (partner == ChainedRows.END) {
      return false;
    }
    ColumnBuffer rows = chained.rows();
    for (int i = 0; i < rows.columns.length; i++) {
      columns[firstColumn + i].set(at, rows.columns[i], partner);
    }
    current = partner;
    partner = chained.next(partner);
    return true;
  }

  @Override
  public int current() {
    return current;
  }

  /** Forgets the rows that it holds; the files are left to those who took them. */
  @Override
  public void close() {
    chained = null;
  }
}
