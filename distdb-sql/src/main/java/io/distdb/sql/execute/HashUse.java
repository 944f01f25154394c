// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.NodeNote;
import io.distdb.sql.spill.SpillFile;

/** What a hash table and its partitions took, for EXPLAIN ANALYZE. */
final class HashUse {
  private long batches;
  private long peakBytes;
  private long diskBytes;

  /** Another part of the rows is taken in. */
  void begin() {
    batches++;
  }

  /** The table holds so much now. */
  void hold(long bytes) {
    peakBytes = Math.max(peakBytes, bytes);
  }

  /** A file is complete. */
  void wrote(SpillFile file) {
    diskBytes += file.diskBytes();
  }

  /**
   * @param batchesKey how JSON calls the number of parts
   */
  NodeNote note(String batchesKey) {
    return NodeNote.hash(batchesKey, Math.max(1, batches), peakBytes, diskBytes);
  }
}
