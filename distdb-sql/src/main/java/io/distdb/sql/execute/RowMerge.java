// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillReader;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Merges sorted files by a tree of losers (Knuth, "The Art of Computer Programming", volume 3,
 * 5.4.1): each row takes as many comparisons as the tree is deep. Of equal rows that of the earlier
 * file comes first. A file is deleted as soon as its last row is read.
 */
final class RowMerge {
  /** One file, at one of its rows. */
  private static final class Source {
    private final SpillFile file;
    private final SpillReader reader;
    private final Vector[] columns;
    private int rows;
    private int row = -1;

    private Source(SpillFile file, List<Variable> layout) {
      this.file = file;
      reader = file.reader();
      columns = ColumnBuffer.batchOf(layout).columns;
      advance();
    }

    private void advance() {
      if (++row >= rows) {
        rows = reader.next(columns);
        row = 0;
        if (rows == 0) {
          file.close();
        }
      }
    }
  }

  private final RowSorter sorter;
  private final Source[] sources;

  /** By inner node, from 1: who lost there. Leaf {@code i} is node {@code i + sources.length}. */
  private final int[] losers;

  private int winner;

  /**
   * @param files at least one; this object's from now on
   */
  RowMerge(List<SpillFile> files, List<Variable> layout, RowSorter sorter) {
    this.sorter = sorter;
    sources = files.stream().map(file -> new Source(file, layout)).toArray(Source[]::new);
    losers = new int[sources.length];
    winner = build(1);
  }

  private int build(int node) {
    if (node >= sources.length) {
      return node - sources.length;
    }
    int left = build(2 * node);
    int right = build(2 * node + 1);
    boolean leftWins = beats(left, right);
    losers[node] = leftWins ? right : left;
    return leftWins ? left : right;
  }

  private boolean beats(int left, int right) {
    Source a = sources[left];
    Source b = sources[right];
    if (a.rows == 0 || b.rows == 0) {
      return b.rows == 0;
    }
    int order = sorter.compare(a.columns, a.row, b.columns, b.row);
    return order != 0 ? order < 0 : left < right;
  }

  /**
   * Fills {@code target} with the next rows, at most {@code most}.
   *
   * @return false: there are none
   */
  boolean next(Batch target, int most) {
    for (Vector column : target.columns) {
      column.ensure(most);
    }
    int count = 0;
    while (count < most && sources[winner].rows > 0) {
      Source source = sources[winner];
      for (int i = 0; i < target.columns.length; i++) {
        target.columns[i].set(count, source.columns[i], source.row);
      }
      count++;
      source.advance();
      replay();
    }
    target.setDense(count);
    return count > 0;
  }

  private void replay() {
    int champion = winner;
    for (int node = champion + sources.length >>> 1; node >= 1; node >>>= 1) {
      if (beats(losers[node], champion)) {
        int beaten = champion;
        champion = losers[node];
        losers[node] = beaten;
      }
    }
    winner = champion;
  }

  /** Deletes the files. May be called twice. */
  void close() {
    for (Source source : sources) {
      source.file.close();
    }
  }
}
