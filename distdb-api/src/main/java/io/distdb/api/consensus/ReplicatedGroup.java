// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.NodeId;
import java.util.List;

/** A group that several nodes may have: who they are, and how that changes. Thread-safe. */
public interface ReplicatedGroup extends ConsensusGroup {
  /**
   * Asks the host.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}, {@code IO_ERROR}: this
   *     node takes no part any more
   */
  GroupStatus status();

  /**
   * Begins a group that is nowhere yet, with {@code voters}; each of them must be told the same.
   * Begun with one voter the group leads at once and takes others in by {@link #change}, which is
   * safe whatever they hold. Does nothing if the group was begun here with the same voters.
   *
   * @throws io.distdb.api.error.DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: there is
   *     something of the group here already
   */
  void begin(List<NodeId> voters);

  /**
   * Changes the members, through a joint membership when voters change, and waits until the new one
   * is committed. Must not be called within a lock.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: this node does not
   *     lead; {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: another change is under way, a node to vote
   *     is no learner, does not answer or lacks too much of the log, or the voters that answer
   *     would be no quorum; {@code UNDEFINED_OBJECT}: no such member. Nothing was begun. {@code
   *     COMMIT_OUTCOME_UNKNOWN}: it was begun, and is finished by whoever leads next, or never was
   */
  void change(MemberChange change);

  /**
   * Hands the leadership to a voter and returns once it is known to lead. Meanwhile proposals are
   * refused. Does nothing if this node is the target.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: this node does not
   *     lead, or the target did not begin to within a few election times; {@code
   *     OBJECT_NOT_IN_PREREQUISITE_STATE}: the target does not vote
   */
  void transfer(NodeId target);
}
