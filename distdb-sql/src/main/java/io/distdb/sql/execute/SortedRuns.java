// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorted parts of what is to be sorted, each in a temporary file, and their merge (Knuth, "The Art
 * of Computer Programming", volume 3, 5.4).
 *
 * <p>Runs stay in the order in which their rows came, and neighbours alone are merged, so that the
 * whole is stable. When there are more runs than can be merged at once, as few as will do are
 * merged first: each sweep over them takes groups from the front until the rest is few enough.
 */
final class SortedRuns {
  private static final int FAN_IN_MAX = 128;

  private final List<Variable> layout;
  private final RowSorter sorter;
  private final long needed;
  private final Execution execution;
  private final QueryMemory.Holding holding;
  private List<SpillFile> runs = new ArrayList<>();
  private long writtenBytes;

  /**
   * @param needed how many rows of the whole anybody asks for
   * @param holding what the sort holds
   */
  SortedRuns(
      List<Variable> layout,
      RowSorter sorter,
      long needed,
      Execution execution,
      QueryMemory.Holding holding) {
    this.layout = layout;
    this.sorter = sorter;
    this.needed = needed;
    this.execution = execution;
    this.holding = holding;
  }

  /** Sorts the rows and writes them. */
  void add(ColumnBuffer rows) {
    int[] order = sorter.sort(rows);
    SpillFile run = execution.memory().newFile(layout);
    runs.add(run);
    int count = (int) Math.min(order.length, needed);
    for (int from = 0; from < count; from += Batch.ROWS_MAX) {
      execution.cancellation().check();
      run.append(rows.columns, order, from, Math.min(Batch.ROWS_MAX, count - from));
    }
    writtenBytes += run.diskBytes();
  }

  int count() {
    return runs.size();
  }

  /** What was written, merges included. */
  long writtenBytes() {
    return writtenBytes;
  }

  /** All rows in order; no run can be added after that. */
  RowMerge merge() {
    int fanIn = fanIn();
    while (runs.size() > fanIn) {
      runs = mergedTo(fanIn);
    }
    hold(runs.size());
    return new RowMerge(runs, layout, sorter);
  }

  /** Half of the share is left for what grows beside the blocks. */
  private int fanIn() {
    long blocks = holding.shareBytes() / 2 / execution.memory().blockBytes();
    return (int) Math.clamp(blocks, 2, FAN_IN_MAX);
  }

  private void hold(int readers) {
    holding.holdAnyway((long) readers * execution.memory().blockBytes());
  }

  private List<SpillFile> mergedTo(int fanIn) {
    List<SpillFile> merged = new ArrayList<>();
    int next = 0;
    int excess = runs.size() - fanIn;
    while (excess > 0 && next + 1 < runs.size()) {
      int group = Math.min(Math.min(fanIn, excess + 1), runs.size() - next);
      merged.add(merged(runs.subList(next, next + group)));
      next += group;
      excess -= group - 1;
    }
    merged.addAll(runs.subList(next, runs.size()));
    return merged;
  }

  private SpillFile merged(List<SpillFile> some) {
    hold(some.size() + 1);
    RowMerge merge = new RowMerge(some, layout, sorter);
    SpillFile target = execution.memory().newFile(layout);
    Batch rows = ColumnBuffer.batchOf(layout);
    long left = needed;
    while (left > 0 && merge.next(rows, (int) Math.min(Batch.ROWS_MAX, left))) {
      execution.cancellation().check();
      target.append(rows.columns, null, 0, rows.count);
      left -= rows.count;
    }
    target.flush();
    merge.close();
    writtenBytes += target.diskBytes();
    return target;
  }

  /** Deletes the files. May be called twice. */
  void close() {
    runs.forEach(SpillFile::close);
  }
}
