// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.MemberChange;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.raft.core.Effect;
import io.distdb.raft.core.Event;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The change of a group's members and the transfer of its leadership that somebody waits for, one
 * of each at most. Used by who has the host's turn.
 */
final class Stewardship {
  /** A voter-to-be lacks at most so much: joint quorums need it at once. */
  static final long LAG_MAX = 128;

  /** Election times in which a transfer must have come to its end. */
  private static final int TRANSFER_ELECTIONS = 4;

  private final ShardId group;
  private final Peers peers;
  private final int transferTicks;

  // --- a change that was begun ---
  private Pending change;
  private Membership target;

  // --- a transfer that was begun ---
  private Pending transfer;
  private NodeId transferee;
  private int ticksLeft;

  /** Why the core did not begin what it was just asked for, or null. */
  private Effect.Refusal refusal;

  Stewardship(ShardId group, Peers peers, int electionTicks) {
    this.group = group;
    this.peers = peers;
    transferTicks = TRANSFER_ELECTIONS * electionTicks;
  }

  boolean isIdle() {
    return change == null && transfer == null;
  }

  /** The core did not begin a change or a transfer. */
  void refused(Effect.Refusal why) {
    refusal = why;
  }

  // --- the beginning ---

  /** Whether the group may be begun with {@code founders}; else {@code mine} has its answer. */
  boolean mayBegin(Pending mine, Membership founders, RaftCore core) {
    Membership now = core.membership();
    if (now.equals(founders)) {
      mine.succeed(null);
      return false;
    }
    boolean may = now.isNobody() && core.term() == 0 && core.last().index() == 0;
    if (!may) {
      mine.fail(Refusals.notReady("shard " + group + " was begun already, here or elsewhere"));
    }
    return may;
  }

  // --- changes ---

  /**
   * @param step gives an event to the core
   */
  void change(Pending mine, MemberChange wanted, RaftCore core, Consumer<Event> step) {
    Membership now = core.membership();
    try {
      Membership next = after(now, wanted);
      if (next.equals(now) && core.isMembershipCommitted()) {
        mine.succeed(null);
        return;
      }
      require(next, core);
      refusal = null;
      Pending before = change;
      Membership beforeTarget = target;
      change = mine;
      target = next;
      step.accept(new Event.ChangeMembership(core.term(), next.voters(), next.learners()));
      if (refusal != null) {
        change = before;
        target = beforeTarget;
        throw Refusals.change(group, refusal);
      }
    } catch (DistDbException why) {
      mine.fail(why);
    }
  }

  private Membership after(Membership now, MemberChange wanted) {
    TreeSet<NodeId> voters = new TreeSet<>(now.voters());
    TreeSet<NodeId> learners = new TreeSet<>(now.learners());
    switch (wanted) {
      case MemberChange.Add add -> {
        if (!now.contains(add.node())) {
          learners.add(add.node());
        }
      }
      case MemberChange.Promote promote -> {
        requireMember(now, promote.node());
        learners.remove(promote.node());
        voters.add(promote.node());
      }
      case MemberChange.Replace replace -> {
        requireMember(now, replace.with());
        learners.remove(replace.with());
        learners.remove(replace.node());
        voters.remove(replace.node());
        voters.add(replace.with());
      }
      case MemberChange.Remove remove -> {
        learners.remove(remove.node());
        voters.remove(remove.node());
      }
    }
    return Membership.of(voters, learners);
  }

  private void requireMember(Membership now, NodeId node) {
    if (!now.contains(node)) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_OBJECT, "node " + node + " is no member of shard " + group)
          .withHint("Add it first; it learns until it is promoted.");
    }
  }

  /** What the core cannot know: that the new voters can decide something at once. */
  private void require(Membership next, RaftCore core) {
    if (next.voters().isEmpty()) {
      throw Refusals.change(group, Effect.Refusal.NO_VOTERS);
    }
    List<NodeId> silent = peers.silent(next);
    for (NodeId voter : next.voters()) {
      if (core.membership().votes(voter)) {
        continue;
      }
      if (silent.contains(voter)) {
        throw Refusals.notReady("node " + voter + " does not answer, so it cannot vote");
      }
      long lag = core.last().index() - Math.max(0, core.matched(voter));
      if (lag > LAG_MAX) {
        throw Refusals.notReady(
            "node %s lacks %d entries of shard %s; it may vote when it lacks at most %d"
                .formatted(voter, lag, group, LAG_MAX));
      }
    }
    if (next.voters().size() - silent.size() <= next.voters().size() / 2) {
      throw Refusals.notReady(
          "of the voters that shard "
              + group
              + " would have "
              + Refusals.doNotAnswer(silent)
              + ": the others could decide nothing");
    }
  }

  // --- transfers ---

  void transfer(Pending mine, NodeId to, RaftCore core, Consumer<Event> step) {
    if (to.equals(core.self())) {
      mine.succeed(null);
      return;
    }
    refusal = null;
    step.accept(new Event.TransferLeadership(to));
    if (refusal != null) {
      mine.fail(Refusals.change(group, refusal));
      return;
    }
    if (transfer != null) {
      transfer.fail(Refusals.cannotConnect("node " + to + " is to lead shard " + group + " now"));
    }
    transfer = mine;
    transferee = to;
    ticksLeft = transferTicks;
  }

  // --- what becomes of them ---

  void tick() {
    if (transfer != null && --ticksLeft <= 0) {
      transfer.fail(
          Refusals.cannotConnect(
              "node " + transferee + " did not begin to lead shard " + group + " in time"));
      transfer = null;
    }
  }

  /** After each step of the core. */
  void look(RaftCore core) {
    if (change != null && core.isMembershipCommitted() && core.membership().equals(target)) {
      change.succeed(null);
      change = null;
    }
    if (transfer != null && !core.leads() && core.leader().isPresent()) {
      NodeId leader = core.leader().get();
      if (leader.equals(transferee)) {
        transfer.succeed(null);
      } else {
        transfer.fail(
            Refusals.cannotConnect(
                "node " + leader + " leads shard " + group + ", and not node " + transferee));
      }
      transfer = null;
    }
  }

  /** This node no longer leads; a transfer may have come to its end by that. */
  void follow(RaftCore core) {
    look(core);
    if (change != null) {
      change.fail(
          Refusals.unknown(
              "node "
                  + core.self()
                  + " no longer leads shard "
                  + group
                  + "; whether its members change is not known"));
      change = null;
    }
  }

  /** Nothing goes on here. */
  void stop(DistDbException why) {
    if (change != null) {
      change.fail(why);
      change = null;
    }
    if (transfer != null) {
      transfer.fail(why);
      transfer = null;
    }
  }
}
