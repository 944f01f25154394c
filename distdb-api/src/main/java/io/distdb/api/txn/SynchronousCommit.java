// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** What a commit has waited for when it is acknowledged, at the least. */
public enum SynchronousCommit {
  /** A quorum of the replicas has forced it to the disk: no failure of fewer loses it. */
  QUORUM,

  /**
   * The leader alone has forced it. Should the leader be lost before the others have it, another
   * one may lead without it: what was acknowledged is gone then.
   */
  LOCAL
}
