// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a group stands, as one of its nodes sees it.
 *
 * @param node who says this
 * @param term the last one that the node knows of
 * @param leader who leads, as far as the node knows
 * @param voters in ascending order, as all of these; empty: the group was never begun here
 * @param outgoing those that vote beside {@code voters} until the change under way is over; else
 *     empty
 * @param learners get the log and do not vote; one of them may be outgoing
 * @param applied what the node has committed and applied
 * @param last the end of the node's log, committed or not
 * @param peers the other members
 */
public record GroupStatus(
    ShardId group,
    NodeId node,
    long term,
    Optional<NodeId> leader,
    List<NodeId> voters,
    List<NodeId> outgoing,
    List<NodeId> learners,
    LogPosition applied,
    LogPosition last,
    List<Peer> peers) {
  public GroupStatus {
    voters = List.copyOf(voters);
    outgoing = List.copyOf(outgoing);
    learners = List.copyOf(learners);
    peers = List.copyOf(peers);
  }

  /**
   * Another member.
   *
   * @param match through which index its disk is known to have the log; empty unless {@link
   *     GroupStatus#node} leads
   * @param heardNanosAgo since when nothing has come from it, of any group; empty: nothing ever
   *     came in this life of the node
   * @param answers it was heard so lately that it counts as there; who follows hears the leader
   *     only, as long as there is one
   */
  public record Peer(
      NodeId node, OptionalLong match, OptionalLong heardNanosAgo, boolean answers) {}

  public boolean leads() {
    return leader.filter(node::equals).isPresent();
  }
}
