// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.ShardId;

/** The log of one shard, as whoever archives it sees the database. */
public interface ArchivedLog {
  ShardId shard();

  /** The last index that is applied, and so committed and written to the journal. */
  long applied();

  /**
   * The newest timestamp for which everything committed at or below it is applied, and nothing will
   * be committed there any more; 0 when that cannot be told now. May wait for commits on their way.
   */
  long settled();
}
