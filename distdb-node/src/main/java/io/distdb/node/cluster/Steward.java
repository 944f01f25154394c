// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.MemberChange;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.directory.MemberIdentity;
import io.distdb.node.directory.MemberIdentity.Begins;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this node leads: makes the group have the members that the system shard says, one change at
 * a time. A node that is to vote is a learner first, and votes when it has nearly all of the log.
 * Each step can be repeated, and whoever leads next goes on with it.
 */
public final class Steward implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Steward.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PENDING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A learner that lacks more of the log than this does not vote yet. */
  private static final long LAG_MAX = 128;

  private final MemberIdentity own;
  private final int knows;
  private final ClusterConfig config;
  private final ReplicatedGroup group;
  private final MemberStore members;
  private final Addresses addresses;
  private final Door door;
  private final Waiter wake;
  private final Scheduler.Task thread;
  private volatile boolean closed;
  private final Standing standing;
  private String complaint = "";

  /**
   * Begins its work, in a thread of its own.
   *
   * @param own a member of a cluster
   * @param knows the newest {@link ClusterVersion} that this node knows
   * @param whenOut told, once, how whoever uses this node is to be refused from then on
   */
  public Steward(
      MemberIdentity own,
      int knows,
      ClusterConfig config,
      ReplicatedGroup group,
      MemberStore members,
      Addresses addresses,
      Door door,
      Calls calls,
      Scheduler scheduler,
      Consumer<Supplier<DistDbException>> whenOut) {
    this.own = own;
    this.knows = knows;
    this.config = config;
    this.group = group;
    this.members = members;
    this.addresses = addresses;
    this.door = door;
    standing = new Standing(own, knows, members, group, calls, scheduler, whenOut);
    wake = scheduler.newWaiter();
    addresses.learnFrom(members);
    door.open(own.cluster().orElseThrow(), members);
    thread = scheduler.start("distdb-members", this::run);
  }

  /** Looks at once. */
  void look() {
    wake.signal();
  }

  private void run() {
    while (!closed && standing.refusal().isEmpty()) {
      long pause = LOOK_NANOS;
      try {
        standing.look(group.status());
        tellWhatIsKnown();
        pause = group.leadingTerm() >= 0 || !members.isBegun() ? step() : LOOK_NANOS;
        complaint = "";
      } catch (DistDbException later) {
        if (!complaint.equals(later.getMessage())) {
          complaint = later.getMessage();
          LOG.info("the members are to be changed, and not now: {}", complaint);
        }
        pause = PENDING_NANOS;
      }
      wake.awaitUninterruptibly(pause);
    }
  }

  /**
   * Why this node can take no part, nor start: it was removed, or is too old; empty: it is a
   * member, as far as it has heard.
   */
  public Optional<DistDbException> refusal() {
    return standing.refusal();
  }

  /** As {@link #refusal}, looking now whether it is too old. */
  public Optional<DistDbException> refusalNow() {
    standing.lookWhetherKnown();
    return standing.refusal();
  }

  /** What the cluster is at, as this node knows: what came with it may be used. Never waits. */
  public int clusterVersion() {
    return members.version();
  }

  /** Another DistDB may have run on this directory before. */
  private void tellWhatIsKnown() {
    Optional<Member> self = members.local(config.nodeId());
    if (self.isPresent()
        && !self.get().isRemoved()
        && self.get().knows() != knows
        && knows >= members.version()
        && group.leader().isPresent()) {
      members.change(config.nodeId(), before -> before.map(member -> member.knowing(knows)));
    }
  }

  /** Does one thing; until when the next look has time. */
  private long step() {
    GroupStatus status = group.status();
    if (!status.leads() || group.leadingTerm() < 0) {
      return PENDING_NANOS;
    }
    if (!members.isBegun()) {
      members.begin(first());
      return SOON_NANOS;
    }
    List<Member> all = members.local();
    for (Member member : all) {
      Optional<MemberChange> next = next(member, status);
      if (next.isPresent()) {
        perform(next.get(), status);
        return SOON_NANOS;
      }
    }
    OptionalInt version = ClusterVersion.knownToAll(all);
    if (version.isPresent() && version.getAsInt() > members.version()) {
      members.raiseVersion(version.getAsInt());
      LOG.info("the cluster is at version {} from now on", version.getAsInt());
    }
    return all.stream().anyMatch(member -> isUnderWay(member, status)) ? PENDING_NANOS : LOOK_NANOS;
  }

  /** Those that begin the cluster. The others ask to come in, and say which directory is theirs. */
  private List<Member> first() {
    return config.nodes().stream()
        .filter(node -> isSelf(node.id()) || own.begins() == Begins.WITH_ALL)
        .map(node ->
            new Member(
                node.id(),
                Member.Role.VOTER,
                node.host(),
                node.port(),
                isSelf(node.id()) ? own.directory() : "",
                isSelf(node.id()) ? knows : 0))
        .toList();
  }

  private boolean isSelf(NodeId id) {
    return id.equals(config.nodeId());
  }

  private static Optional<MemberChange> next(Member member, GroupStatus status) {
    NodeId id = member.id();
    boolean votes = status.voters().contains(id);
    boolean learns = status.learners().contains(id);
    return switch (member.role()) {
      case REMOVED -> votes || learns ? Optional.of(new MemberChange.Remove(id)) : Optional.empty();
      case VOTER, READ_REPLICA -> {
        if (!votes && !learns) {
          yield member.directory().isEmpty()
              ? Optional.empty()
              : Optional.of(new MemberChange.Add(id));
        }
        yield learns && member.role() == Member.Role.VOTER && isCaughtUp(id, status)
            ? Optional.of(new MemberChange.Promote(id))
            : Optional.empty();
      }
    };
  }

  private static boolean isUnderWay(Member member, GroupStatus status) {
    boolean votes = status.voters().contains(member.id());
    return switch (member.role()) {
      case VOTER -> !votes;
      case READ_REPLICA -> !votes && !status.learners().contains(member.id());
      case REMOVED -> votes || status.learners().contains(member.id());
    };
  }

  private static boolean isCaughtUp(NodeId id, GroupStatus status) {
    return status.peers().stream()
        .filter(peer -> peer.node().equals(id))
        .anyMatch(peer -> peer.answers() && has(peer.match(), status.last().index()));
  }

  private static boolean has(OptionalLong match, long last) {
    return match.isPresent() && last - match.getAsLong() <= LAG_MAX;
  }

  /** A leader that is to go hands over first, and the next one removes it. */
  private void perform(MemberChange change, GroupStatus status) {
    if (change instanceof MemberChange.Remove remove && isSelf(remove.node())) {
      Optional<GroupStatus.Peer> heir =
          status.peers().stream()
              .filter(peer -> peer.answers() && status.voters().contains(peer.node()))
              .findFirst();
      if (heir.isPresent()) {
        group.transfer(heir.get().node());
      }
      return;
    }
    group.change(change);
    LOG.info("{}: now {}", text(change), text(group.status()));
  }

  private static String text(MemberChange change) {
    return switch (change) {
      case MemberChange.Add add -> "node " + add.node() + " gets the log";
      case MemberChange.Promote promote -> "node " + promote.node() + " votes";
      case MemberChange.Remove remove -> "node " + remove.node() + " is gone";
      case MemberChange.Replace replace ->
          "node " + replace.with() + " votes for node " + replace.node();
    };
  }

  private static String text(GroupStatus status) {
    return "voters " + status.voters() + ", learners " + status.learners();
  }

  @Override
  public void close() {
    closed = true;
    wake.signal();
    standing.close();
    thread.join();
    door.close(own.cluster().orElseThrow());
    addresses.forget();
  }
}
