// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.node.cluster.Joining;
import io.distdb.node.cluster.Member;
import io.distdb.node.cluster.MemberStore;
import io.distdb.node.cluster.Steward;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a replicated node waits for at its start: somebody who leads its group. */
final class GroupStart {
  private static final Logger LOG = LoggerFactory.getLogger(GroupStart.class);
  private static final long RETRY_NANOS = 20_000_000;
  private static final long LOG_NANOS = 5_000_000_000L;

  /** How long a node that has come in waits for others that have too. */
  private static final long ALL_VOTE_NANOS = 10_000_000_000L;

  /** Empty: it was in before, and has waited. */
  private Optional<Joining.Joined> joined;

  private final int votersMin;
  private final MemberStore members;
  private final Steward steward;
  private final Consensus consensus;
  private final Waiting waiting;
  private final Scheduler scheduler;
  private final Clock clock;

  /**
   * @param joined who begins a cluster waits until a quorum of it votes, and for the others a while
   * @param stewardship a node serves when it has heard of the first members, and is one
   */
  GroupStart(
      Optional<Joining.Joined> joined,
      MemberModule.Stewardship stewardship,
      Consensus consensus,
      Surroundings surroundings) {
    this.joined = joined;
    votersMin = joined.map(Joining.Joined::votersMin).orElse(1);
    clock = surroundings.clock();
    members = stewardship.store();
    steward = stewardship.steward();
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
      awaitAllVote();
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
    requireMember();
    GroupStatus status = status();
    while (status.leader().isEmpty() || status.voters().size() < votersMin || !members.isBegun()) {
      waitFor(obstacle(status));
      requireMember();
      status = status();
    }
    requireMember();
  }

  /**
   * So that "ready" of a new cluster means that any node may die. Those that have come in and are
   * to vote are waited for, but not for long: a cluster must come up without one that died
   * meanwhile.
   */
  private void awaitAllVote() {
    if (joined.isEmpty()) {
      return;
    }
    long end = clock.nanoTime() + ALL_VOTE_NANOS;
    int wanted = joined.get().votersWanted();
    String missing = missing(wanted);
    while (!missing.isEmpty()) {
      if (clock.nanoTime() - end >= 0) {
        LOG.warn("serves before all vote that are to; waited in vain for {}", missing);
        break;
      }
      waitFor(missing);
      requireMember();
      missing = missing(wanted);
    }
    joined = Optional.empty();
  }

  private String missing(int wanted) {
    List<NodeId> voters = status().voters();
    String names =
        members.local().stream()
            .filter(Member::isToVote)
            .map(Member::id)
            .filter(id -> !voters.contains(id))
            .map(NodeId::value)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      return "nodes that have come in to vote: " + names + "; voters: " + text(voters);
    }
    return voters.size() < wanted ? moreVoters(voters) : "";
  }

  private static String moreVoters(List<NodeId> voters) {
    return "more nodes to vote in the new cluster; voters: " + text(voters);
  }

  private static String text(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
  }

  /** One that was removed would wait for ever, and one that is too old reads what it cannot. */
  private void requireMember() {
    Optional<DistDbException> removal = steward.refusalNow();
    if (removal.isPresent()) {
      throw removal.get();
    }
  }

  private String obstacle(GroupStatus status) {
    if (status.voters().isEmpty()) {
      return "the log of the cluster";
    }
    if (status.leader().isPresent() && status.voters().size() >= votersMin) {
      return "the first members to be written down";
    }
    return status.leader().isEmpty() ? "a leader; " + answers(status) : moreVoters(status.voters());
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
