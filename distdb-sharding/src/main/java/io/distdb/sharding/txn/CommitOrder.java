// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.txn.TimestampSource;

/**
 * The order of the two steps on which snapshot reads without locks rest; see {@link CommittingSet}.
 * A seam, so that a test can plant the wrong order and see it caught.
 */
interface CommitOrder {
  /** Marks, then fetches. */
  CommitOrder MARK_FIRST =
      (set, committing, timestamps) -> {
        set.mark(committing);
        return timestamps.next();
      };

  /** Marks {@code committing} in {@code set} and fetches its commit timestamp. */
  long markAndFetch(CommittingSet set, Committing committing, TimestampSource timestamps);
}
