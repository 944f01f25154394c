// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillReader;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Rows that an operator keeps in the order in which they came: in memory while there is room for
 * all of them, then all of them in a temporary file. Any number of readers walk over them, also
 * while more are appended. Used by one thread.
 */
final class RowList {
  private final List<Variable> layout;
  private final QueryMemory memory;
  private final QueryMemory.Holding holding;
  private final ColumnBuffer buffer;
  private SpillFile file;

  /**
   * @param holder what it is, for messages
   */
  RowList(List<Variable> layout, String holder, QueryMemory memory) {
    this.layout = layout;
    this.memory = memory;
    holding = memory.spillable(holder);
    buffer = new ColumnBuffer(layout);
  }

  /** Copies the rows of {@code batch}, whose columns are these. */
  void append(Batch batch) {
    if (file != null) {
      append(file, batch);
      return;
    }
    buffer.append(batch);
    if (!holding.tryHold(buffer.heapBytes())) {
      spill();
    }
  }

  private static void append(SpillFile file, Batch batch) {
    file.append(batch.columns, batch.selected, 0, batch.count);
  }

  private void spill() {
    file = memory.newFile(layout);
    Batch all = new Batch(buffer.columns);
    all.setDense(buffer.rows);
    append(file, all);
    file.flush();
    buffer.release();
    holding.holdAnyway(2L * memory.blockBytes());
  }

  long rows() {
    return file == null ? buffer.rows : file.rows();
  }

  /** A reader of all columns, before the first row. */
  Reader reader() {
    int[] all = new int[layout.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return reader(all);
  }

  /** A reader of the columns at {@code ordinals}, before the first row. */
  Reader reader(int[] ordinals) {
    return new Reader(ordinals);
  }

  /** Keeps nothing more. May be called twice. */
  void close() {
    holding.release();
    buffer.release();
    if (file != null) {
      file.close();
    }
  }

  /** Walks over the rows. */
  final class Reader {
    private final int[] ordinals;
    private final Batch output;
    private long next;

    /** Once the rows are in the file. */
    private SpillReader blocks;

    private Vector[] block;

    private Reader(int[] ordinals) {
      this.ordinals = ordinals;
      output = new Batch(new Vector[ordinals.length]);
    }

    /** The number of the next row, from 0. */
    long position() {
      return next;
    }

    /** Goes to before the first row. */
    void rewind() {
      next = 0;
      blocks = null;
    }

    /** The next rows, at least one; null when there are no more, yet. */
    Batch next() {
      if (next >= rows()) {
        return null;
      }
      return file == null ? held() : stored();
    }

    private Batch held() {
      int from = (int) next;
      int count = Math.min(Batch.ROWS_MAX, buffer.rows - from);
      for (int i = 0; i < ordinals.length; i++) {
        Vector source = buffer.columns[ordinals[i]];
        if (output.columns[i] == null) {
          output.columns[i] = new Vector(source.type, count);
        }
        Vector target = output.columns[i];
        target.ensure(count);
        for (int n = 0; n < count; n++) {
          target.set(n, source, from + n);
        }
      }
      output.setDense(count);
      next += count;
      return output;
    }

    private Batch stored() {
      int passed = 0;
      if (blocks == null) {
        blocks = file.reader();
        passed = blocks.seek(next);
      }
      if (block == null) {
        block = ColumnBuffer.batchOf(layout).columns;
        for (int i = 0; i < ordinals.length; i++) {
          output.columns[i] = block[ordinals[i]];
        }
      }
      int rows = blocks.next(block);
      output.setDense(rows);
      if (passed > 0) {
        pass(passed);
      }
      next += output.count;
      return output;
    }

    /** Leaves out the first rows of the block. */
    private void pass(int passed) {
      int[] selected = new int[output.count - passed];
      for (int i = 0; i < selected.length; i++) {
        selected[i] = passed + i;
      }
      output.selected = selected;
      output.count = selected.length;
    }
  }
}
