// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;

/** The consensus groups of a node, over one journal. Thread-safe. */
public interface Consensus extends AutoCloseable {
  /**
   * Adds a group. Before {@link #start} for every group the journal may hold; later for new ones.
   *
   * @throws IllegalStateException the group is there already
   */
  ConsensusGroup open(ShardId group, StateMachine machine);

  /**
   * Recovers the journal, replays committed entries into the state machines, and begins to serve.
   *
   * @throws DistDbException as {@link Journal#recover}
   */
  Journal.Recovery start(Journal.Progress progress);

  /**
   * A group that was opened, as one of its members has it.
   *
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: this node is alone
   */
  default ReplicatedGroup replicated(ShardId group) {
    throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "a node that is alone has no members to change")
        .withHint("Start it with cluster_nodes to make it the first member of a cluster.");
  }

  /**
   * Stops serving. Waiting proposals end with {@code COMMIT_OUTCOME_UNKNOWN}. Does not close the
   * journal.
   */
  @Override
  void close();
}
