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

  private final Map<NodeId, Heard> heard = new HashMap<>();

  private static final class Heard {
    long at;
    int ticksAgo;
  }

  /**
   * @param silentNanos without a word after which a node does not answer
   */
  Peers(NodeId self, Clock clock, long silentNanos) {
    this.self = self;
    this.clock = clock;
    this.silentNanos = silentNanos;
  }

  void heard(NodeId from) {
    Heard last = heard.computeIfAbsent(from, node -> new Heard());
    last.at = clock.nanoTime();
    last.ticksAgo = 0;
  }

  /** A turn of the host has come and its mail was read; time in which it stood still is none. */
  void tick() {
    heard.values().forEach(last -> last.ticksAgo++);
  }

  /** Since the node was heard; a node that never was is not silent. */
  int silentTicks(NodeId node) {
    Heard last = heard.get(node);
    return last == null ? 0 : last.ticksAgo;
  }

  /** Whether any node has been silent for so long. */
  boolean areSilent(int ticks) {
    for (Heard last : heard.values()) {
      if (last.ticksAgo >= ticks) {
        return true;
      }
    }
    return false;
  }

  OptionalLong heardNanosAgo(NodeId node) {
    Heard last = heard.get(node);
    return last == null ? OptionalLong.empty() : OptionalLong.of(clock.nanoTime() - last.at);
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
