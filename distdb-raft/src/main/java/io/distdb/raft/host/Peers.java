// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.time.Clock;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** When something last came from each other node, of any group. Used by who has the host's turn. */
final class Peers {
  private final NodeId self;
  private final Clock clock;
  private final long silentNanos;

  /** By node, in an array of one. */
  private final Map<NodeId, long[]> heardAt = new HashMap<>();

  /**
   * @param silentNanos without a word after which a node does not answer
   */
  Peers(NodeId self, Clock clock, long silentNanos) {
    this.self = self;
    this.clock = clock;
    this.silentNanos = silentNanos;
  }

  void heard(NodeId from) {
    heardAt.computeIfAbsent(from, node -> new long[1])[0] = clock.nanoTime();
  }

  OptionalLong heardNanosAgo(NodeId node) {
    long[] at = heardAt.get(node);
    return at == null ? OptionalLong.empty() : OptionalLong.of(clock.nanoTime() - at[0]);
  }

  /** Whether the node was heard lately; this node always is. */
  boolean answers(NodeId node) {
    OptionalLong ago = heardNanosAgo(node);
    return node.equals(self) || ago.isPresent() && ago.getAsLong() <= silentNanos;
  }

  /** Voters that do not answer. */
  List<NodeId> silent(Membership membership) {
    List<NodeId> silent = new ArrayList<>();
    for (NodeId node : membership.everyone()) {
      if (membership.votes(node) && !answers(node)) {
        silent.add(node);
      }
    }
    return silent;
  }

  GroupStatus status(HostedGroup group, RaftCore core) {
    Membership members = core.membership();
    List<GroupStatus.Peer> others = new ArrayList<>();
    for (NodeId node : members.everyone()) {
      if (!node.equals(self)) {
        long match = core.matched(node);
        others.add(
            new GroupStatus.Peer(
                node,
                match < 0 ? OptionalLong.empty() : OptionalLong.of(match),
                heardNanosAgo(node),
                answers(node)));
      }
    }
    return new GroupStatus(
        group.id(),
        self,
        core.term(),
        core.leader(),
        members.voters(),
        members.outgoing(),
        members.learners(),
        group.applier.committed(),
        core.last(),
        others);
  }
}
