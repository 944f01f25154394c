// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;

/** Walks over stored rows of one table along an access path. */
interface RowCursor {
  boolean next();

  Bytes rowKey();

  Bytes row();

  /**
   * Empties {@code block}, then moves on until it is full or there is no row left, and puts the
   * keys and rows there. To be used alone, or after it {@link #next()} no more. The block keeps
   * keys, unless rows are read {@linkplain AccessProgram#looksUp() without looking any up}.
   *
   * @return how many rows the block has; below its capacity: there are no more
   */
  default int next(EntryBlock block) {
    block.clear();
    while (!block.isFull() && next()) {
      block.add(rowKey(), row());
    }
    return block.size();
  }

  /** May be called twice. */
  void close();
}
