// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.cluster.LinkView;
import io.distdb.api.cluster.MemberView;
import io.distdb.api.cluster.Members;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Calls;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The Members port: what is wanted is written into the system shard, and the leader's steward does
 * it. So nothing is lost with a leader, and what is asked twice is done once.
 */
public final class ClusterMembership implements Members {
  private static final String TRANSFER = "cluster.transfer";
  private static final long TRANSFER_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final MemberStore members;
  private final ReplicatedGroup group;
  private final Calls calls;
  private final Scheduler scheduler;
  private final Steward steward;
  private final ClockWatch clocks;
  private final Supplier<List<LinkView>> links;

  public ClusterMembership(
      MemberStore members,
      ReplicatedGroup group,
      Calls calls,
      Scheduler scheduler,
      Steward steward,
      ClockWatch clocks,
      Supplier<List<LinkView>> links) {
    this.members = members;
    this.group = group;
    this.calls = calls;
    this.scheduler = scheduler;
    this.steward = steward;
    this.clocks = clocks;
    this.links = links;
    calls.serve(
        TRANSFER,
        (from, target) -> {
          group.transfer(new NodeId(target.toUtf8()));
          return Bytes.EMPTY;
        });
  }

  @Override
  public List<MemberView> all() {
    GroupStatus status = group.status();
    return members.local().stream()
        .filter(member -> !member.isRemoved() || isIn(member.id(), status))
        .map(member -> view(member, status, clocks.survey()))
        .toList();
  }

  @Override
  public List<LinkView> links() {
    return links.get();
  }

  private static boolean isIn(NodeId node, GroupStatus status) {
    return status.voters().contains(node) || status.learners().contains(node);
  }

  private static MemberView view(Member member, GroupStatus status, ClockSurvey clocks) {
    NodeId id = member.id();
    Optional<GroupStatus.Peer> peer =
        status.peers().stream().filter(each -> each.node().equals(id)).findFirst();
    boolean self = status.node().equals(id);
    OptionalLong match = peer.map(GroupStatus.Peer::match).orElse(OptionalLong.empty());
    return new MemberView(
        id,
        member.address(),
        member.role() == Member.Role.READ_REPLICA,
        state(member, status),
        status.leader().filter(id::equals).isPresent(),
        self || peer.map(GroupStatus.Peer::answers).orElse(false),
        match.isPresent()
            ? OptionalLong.of(Math.max(0, status.last().index() - match.getAsLong()))
            : self && status.leads() ? OptionalLong.of(0) : OptionalLong.empty(),
        self ? Optional.of(clocks.ofThis()) : clocks.of(id));
  }

  private static MemberView.State state(Member member, GroupStatus status) {
    if (member.isRemoved()) {
      return MemberView.State.LEAVING;
    }
    if (status.voters().contains(member.id())) {
      return MemberView.State.VOTER;
    }
    if (status.learners().contains(member.id())) {
      return MemberView.State.LEARNER;
    }
    return member.directory().isEmpty() ? MemberView.State.EXPECTED : MemberView.State.JOINING;
  }

  @Override
  public void add(NodeId node, String host, int port, boolean readReplica) {
    Member.Role role = readReplica ? Member.Role.READ_REPLICA : Member.Role.VOTER;
    requireGone(node);
    members.change(
        node,
        before -> {
          if (before.isPresent() && !before.get().isRemoved()) {
            throw new DistDbException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "node %s is a member already, at %s".formatted(node, before.get().address()))
                .withHint("./distdb cluster remove " + node + " makes it go.");
          }
          return Optional.of(new Member(node, role, host, port, "", 0));
        });
    steward.look();
  }

  /** One that was removed is in the group until the steward has come to it. */
  private void requireGone(NodeId node) {
    boolean leaving = members.local(node).filter(Member::isRemoved).isPresent();
    if (leaving && isIn(node, group.status())) {
      throw new DistDbException(
              ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "node " + node + " is still leaving")
          .withHint("Wait until ./distdb cluster status does not show it any more.");
    }
  }

  @Override
  public void remove(NodeId node) {
    List<NodeId> voters = group.status().voters();
    if (voters.equals(List.of(node))) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "node " + node + " is the only one that votes: nobody would be left");
    }
    members.change(
        node,
        before -> {
          if (before.isEmpty() || before.get().isRemoved()) {
            throw unknown(node);
          }
          return before.map(member -> member.as(Member.Role.REMOVED));
        });
    steward.look();
  }

  private static DistDbException unknown(NodeId node) {
    return new DistDbException(ErrorCode.UNDEFINED_OBJECT, "node " + node + " is no member")
        .withHint("./distdb cluster status shows who is.");
  }

  @Override
  public void transfer(NodeId node) {
    if (members.local(node).filter(member -> !member.isRemoved()).isEmpty()) {
      throw unknown(node);
    }
    NodeId leader =
        group
            .leader()
            .orElseThrow(
                () -> new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "nobody leads now"));
    calls.call(
        leader,
        TRANSFER,
        Bytes.utf8(node.value()),
        TRANSFER_NANOS,
        Calls.Patience.of(scheduler.newWaiter()));
  }
}
