// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.node.cluster.ClusterVersion;
import io.distdb.node.cluster.MemberStore;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a replicated node waits for at its start: somebody who leads its group. */
final class GroupStart {
  private static final Logger LOG = LoggerFactory.getLogger(GroupStart.class);
  private static final long RETRY_NANOS = 20_000_000;
  private static final long LOG_NANOS = 5_000_000_000L;

  private final int votersMin;
  private final MemberStore members;
  private final Consensus consensus;
  private final Waiting waiting;
  private final Scheduler scheduler;

  /**
   * @param votersMin of the group; who begins a cluster waits until a quorum of it votes
   * @param members a node serves when it has heard of the first ones
   */
  GroupStart(int votersMin, MemberStore members, Consensus consensus, Surroundings surroundings) {
    this.votersMin = votersMin;
    this.members = members;
    this.consensus = consensus;
    scheduler = surroundings.scheduler();
    waiting = new Waiting(surroundings);
  }

  /** Says what a start waits for, to the log when it changes. Used by one thread. */
  static final class Waiting {
    private final Surroundings surroundings;
    private String said = "";
    private long saidAt;

    Waiting(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    void waitsFor(String what) {
      long now = surroundings.clock().nanoTime();
      if (!what.equals(said) && (said.isEmpty() || now - saidAt >= LOG_NANOS)) {
        LOG.info("waiting for {}", what);
        said = what;
        saidAt = now;
      }
      surroundings.watch().waitsFor(what);
    }
  }

  /**
   * What {@code open} gives, as soon as the group lets it: without a leader it is refused, and
   * nodes that start together contend. What it does twice must be the same as once.
   */
  <T> T whenLed(Supplier<T> open) {
    while (true) {
      awaitLeader();
      try {
        return open.get();
      } catch (DistDbException refusal) {
        if (!passes(refusal.code())) {
          throw refusal;
        }
        waitFor("the leader: " + refusal.getMessage());
      }
    }
  }

  private void awaitLeader() {
    GroupStatus status = status();
    while (status.leader().isEmpty() || status.voters().size() < votersMin || !members.isBegun()) {
      waitFor(obstacle(status));
      status = status();
    }
    if (members.version() > ClusterVersion.NEWEST) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the cluster is at version %d, but this DistDB knows versions up to %d"
                  .formatted(members.version(), ClusterVersion.NEWEST))
          .withHint("Start the node with the newer DistDB.");
    }
  }

  private String obstacle(GroupStatus status) {
    if (status.voters().isEmpty()) {
      return "the log of the cluster";
    }
    if (status.leader().isPresent() && status.voters().size() >= votersMin) {
      return "the first members to be written down";
    }
    return status.leader().isEmpty()
        ? "a leader; " + answers(status)
        : "more nodes to vote in the new cluster; voters: "
            + status.voters().stream().map(NodeId::value).collect(Collectors.joining(", "));
  }

  private GroupStatus status() {
    return consensus.replicated(ShardId.SYSTEM).status();
  }

  private static boolean passes(ErrorCode code) {
    return code == ErrorCode.CANNOT_CONNECT_NOW
        || code == ErrorCode.COMMIT_OUTCOME_UNKNOWN
        || code == ErrorCode.SERIALIZATION_FAILURE
        || code == ErrorCode.DEADLOCK_DETECTED;
  }

  private static String answers(GroupStatus status) {
    List<GroupStatus.Peer> voters =
        status.peers().stream()
            .filter(peer ->
                status.voters().contains(peer.node()) || status.outgoing().contains(peer.node()))
            .toList();
    String silent = names(voters, false);
    String heard = names(voters, true);
    return (heard.isEmpty() ? "nobody else answers" : "answering: " + heard)
        + (silent.isEmpty() ? "" : ", silent: " + silent);
  }

  private static String names(List<GroupStatus.Peer> peers, boolean answering) {
    return peers.stream()
        .filter(peer -> peer.answers() == answering)
        .map(GroupStatus.Peer::node)
        .map(NodeId::value)
        .collect(Collectors.joining(", "));
  }

  private void waitFor(String what) {
    waiting.waitsFor(what);
    scheduler.newWaiter().await(RETRY_NANOS);
  }
}
