// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillPartitions;
import io.distdb.sql.vector.Vector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Groups rows by one or several sets of keys, within the memory of the query.
 *
 * <p>Design: groups are taken in while there is room. From then on the groups that are held go on
 * aggregating, and the rows of new groups are written to partitions by the hash of their keys, as
 * they are; when the input is through, the held groups are given, and each partition is another
 * input, whose groups are in none of the others (hybrid hashing: Shapiro, "Join processing in
 * database systems with large main memories", ACM TODS 11(3), 1986; PostgreSQL since 13 aggregates
 * so). It is exact for any aggregate, because all rows of a group meet in one pass, in the order in
 * which they came. A partition with too many groups is partitioned again by other bits of the hash;
 * each pass takes at least the groups of its first batch, so it ends whatever the hashes are.
 */
final class GroupPasses {
  /** Rows of one set that found no room. */
  private record Waiting(int set, int level, SpillFile rows) {}

  private final Execution execution;
  private final List<Variable> layout;
  private final int[][] keyPositions;
  private final List<AggregateCall> calls;
  private final AggregateProgram.Run run;
  private final QueryMemory.Holding holding;
  private final HashUse use = new HashUse();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** Of the current pass; null where there are none, or where they were given. */
  private final Groups[] sets;

  private final Batch[] parts;
  private int set = -1;

  /** What the sets of this pass held when they were closed to new groups; 0: they are not. */
  private long closedBytes;

  /**
   * @param layout of the input
   * @param keyPositions of each set, in the layout
   */
  GroupPasses(
      AggregateProgram program, List<Variable> layout, int[][] keyPositions, Execution execution) {
    this.execution = execution;
    this.layout = layout;
    this.keyPositions = keyPositions;
    calls = program.calls();
    run = program.open(execution);
    holding = execution.memory().spillable("aggregate");
    sets = new Groups[keyPositions.length];
    parts = new Batch[sets.length];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = new Groups(keyPositions[i], calls);
    }
  }

  /** Takes all rows of {@code input} into all sets, as far as there is room, and closes it. */
  void begin(Operator input) {
    pass(input, 0);
  }

  /**
   * Forgets the groups that it gave last.
   *
   * @return other groups; null when there are no more
   */
  Groups next() {
    if (set >= 0) {
      sets[set].release();
      sets[set] = null;
      holding.holdAnyway(heapBytes());
    }
    while (true) {
      for (set = 0; set < sets.length; set++) {
        if (sets[set] != null) {
          return sets[set];
        }
      }
      set = -1;
      Waiting other = waiting.poll();
      if (other == null) {
        return null;
      }
      sets[other.set] = new Groups(keyPositions[other.set], calls);
      closedBytes = 0;
      pass(new SpillScan(other.rows, layout, true), other.level);
    }
  }

  /** The set of the groups that it gave last. */
  int set() {
    return set;
  }

  private void pass(Operator input, int level) {
    use.begin();
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      take(batch);
      hold(level);
    }
    input.close();
    for (int i = 0; i < sets.length; i++) {
      if (sets[i] != null) {
        finish(i, level);
      }
    }
  }

  private void take(Batch batch) {
    boolean whole = true;
    for (int i = 0; i < sets.length; i++) {
      parts[i] = sets[i] == null ? batch : sets[i].assign(batch);
      whole &= parts[i] == batch;
    }
    for (int call = 0; call < calls.size(); call++) {
      if (whole) {
        add(call, batch, 0, sets.length);
      } else {
        for (int i = 0; i < sets.length; i++) {
          if (sets[i] != null) {
            add(call, parts[i], i, i + 1);
          }
        }
      }
    }
  }

  /** Takes rows into one call's aggregates of some sets. */
  private void add(int call, Batch batch, int from, int to) {
    Batch rows = run.rows(call, batch);
    Vector[] arguments = run.arguments(call, rows);
    Vector[] order = run.order(call, rows);
    for (int i = from; i < to; i++) {
      if (sets[i] != null) {
        sets[i].add(call, rows, arguments, order);
      }
    }
  }

  /** Makes room, if need be: by what aggregates gather, else by taking in no new groups. */
  private void hold(int level) {
    long bytes = heapBytes();
    use.hold(bytes);
    if (holding.tryHold(bytes) || spilled() && holding.tryHold(heapBytes())) {
      return;
    }
    bytes = heapBytes();
    if (closedBytes > 0) {
      holdClosed(bytes);
    } else if (level > SpillPartitions.LEVEL_MAX || !isOpen()) {
      holding.set(bytes);
    } else {
      for (Groups groups : sets) {
        if (groups != null && groups.isOpen()) {
          groups.close(execution.memory().newPartitions(layout, level));
        }
      }
      closedBytes = heldBytes();
      holding.holdAnyway(heapBytes());
    }
  }

  private boolean isOpen() {
    boolean open = false;
    for (Groups groups : sets) {
      open |= groups != null && groups.isOpen();
    }
    return open;
  }

  /** Lets aggregates put on disk what they gather, if that is a good part of all. */
  private boolean spilled() {
    long bytes = 0;
    for (Groups groups : sets) {
      bytes += groups == null ? 0 : groups.spillableBytes();
    }
    if (bytes == 0 || bytes < heapBytes() / 4) {
      return false;
    }
    for (Groups groups : sets) {
      if (groups != null) {
        groups.spill(execution);
      }
    }
    return true;
  }

  /** What the states of held groups refer to may grow still, within bounds. */
  private void holdClosed(long bytes) {
    if (heldBytes() <= closedBytes * 2) {
      holding.holdAnyway(bytes);
    } else {
      holding.set(bytes);
    }
  }

  private void finish(int ofSet, int level) {
    Groups groups = sets[ofSet];
    if (execution.memory().spills() && groups.spillableBytes() * 2 > holding.shareBytes()) {
      groups.spill(execution);
    }
    groups.finish();
    SpillPartitions others = groups.others();
    for (int i = 0; others != null && i < SpillPartitions.COUNT; i++) {
      if (others.file(i).rows() > 0) {
        others.file(i).seal();
        use.wrote(others.file(i));
        waiting.push(new Waiting(ofSet, level + 1, others.file(i)));
      }
    }
    long bytes = heapBytes();
    if (!holding.tryHold(bytes)) {
      holdClosed(bytes);
    }
  }

  /** With the buffers of files. */
  private long heapBytes() {
    long bytes = heldBytes();
    for (Groups groups : sets) {
      bytes += groups == null ? 0 : groups.othersBytes();
    }
    return bytes;
  }

  /** What groups and their aggregates take. */
  private long heldBytes() {
    long bytes = 0;
    for (Groups groups : sets) {
      bytes += groups == null ? 0 : groups.heapBytes();
    }
    return bytes;
  }

  /** What it took so far. */
  HashUse use() {
    return use;
  }

  /** Frees memory and files. */
  void close() {
    for (int i = 0; i < sets.length; i++) {
      if (sets[i] != null) {
        sets[i].release();
        if (sets[i].others() != null) {
          sets[i].others().close();
        }
      }
      sets[i] = null;
    }
    waiting.forEach(each -> each.rows.close());
    waiting.clear();
    set = -1;
    holding.release();
  }
}
