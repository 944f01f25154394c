// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Rows dealt out to temporary files by a hash of theirs, so that equal ones meet in one file which,
 * alone, may fit into memory; one that does not is dealt out again by other bits of the hash, one
 * level deeper (Shapiro, "Join processing in database systems with large main memories", 1986).
 * Used by one thread.
 */
public final class SpillPartitions implements AutoCloseable {
  /** Partitions of each level. */
  public static final int COUNT = 16;

  /** Deeper than this the rows of a partition have equal hashes, or nearly: it does not help. */
  public static final int LEVEL_MAX = 6;

  private static final int BITS = 4;

  private final SpillFile[] files = new SpillFile[COUNT];
  private final int level;

  /**
   * @param level from 0 to {@link #LEVEL_MAX}
   * @param blockBytes about what a block of rows takes in memory; there is one for each partition
   */
  public SpillPartitions(SpillScope scope, List<SqlType> types, int level, int blockBytes) {
    this.level = level;
    for (int i = 0; i < COUNT; i++) {
      files[i] = scope.newFile(types, blockBytes);
    }
  }

  /** Which partition rows of {@code hash} go to: other bits at each level. */
  public static int partition(int hash, int level) {
    int mixed = hash * 0x9e3779b1;
    mixed ^= mixed >>> 15;
    mixed *= 0x85ebca77;
    return mixed >>> Integer.SIZE - BITS * (level + 1) & COUNT - 1;
  }

  public void append(int hash, Vector[] columns, int row) {
    files[partition(hash, level)].append(columns, row);
  }

  public int level() {
    return level;
  }

  public SpillFile file(int partition) {
    return files[partition];
  }

  /** What it takes in memory, an estimate. */
  public long heapBytes() {
    long bytes = 0;
    for (SpillFile file : files) {
      bytes += file.heapBytes();
    }
    return bytes;
  }

  /** Deletes the files. May be called twice. */
  @Override
  public void close() {
    for (SpillFile file : files) {
      file.close();
    }
  }
}
