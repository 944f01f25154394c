// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** What became of a commit. Written once; the first answer stands. */
public sealed interface CommitOutcome {
  /** It is committed, and visible to snapshots at or above {@code timestamp}. */
  record Committed(long timestamp) implements CommitOutcome {}

  /** It is not committed and never will be. */
  record Aborted() implements CommitOutcome {}

  /** Asked too late: outcomes are kept for 24 hours. */
  record Unknown() implements CommitOutcome {}
}
