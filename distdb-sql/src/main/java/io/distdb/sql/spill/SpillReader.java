// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import io.distdb.sql.vector.Vector;

/** Walks over the rows of a {@link SpillFile}, block by block. Used by the file's thread. */
public final class SpillReader {
  private final SpillFile file;
  private int block;

  SpillReader(SpillFile file) {
    this.file = file;
  }

  /**
   * The next block's rows, to the first positions of {@code target}.
   *
   * @param target vectors of the types of the file's columns; they grow as needed
   * @return how many rows; 0: there are no more, yet
   */
  public int next(Vector[] target) {
    if (block == file.readableBlocks()) {
      return 0;
    }
    return file.read(block++, target);
  }

  /**
   * Goes to the block that has row {@code row}.
   *
   * @param row from 0 to the number of rows
   * @return how many rows of the next block come before it
   */
  public int seek(long row) {
    int blocks = file.readableBlocks();
    if (row >= file.rows()) {
      block = blocks;
      return 0;
    }
    block = file.blockOf(row);
    return (int) (row - file.firstRow(block));
  }
}
