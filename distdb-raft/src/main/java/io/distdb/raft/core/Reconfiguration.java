// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;

/** Changes of the membership, one at a time: through a joint one when voters change. */
final class Reconfiguration {
  private Reconfiguration() {}

  static void change(RaftState state, Outbox out, Event.ChangeMembership change) {
    Effect.Refusal refusal = refusal(state, change);
    if (refusal != null) {
      out.add(new Effect.Refused(refusal));
      return;
    }
    Membership target = Membership.of(change.voters(), change.learners());
    out.add(new Effect.Accepted(Replication.append(state, state.membership().towards(target)), 1));
    Replication.broadcast(state, out);
  }

  private static Effect.Refusal refusal(RaftState state, Event.ChangeMembership change) {
    if (!state.leads()) {
      return Effect.Refusal.NOT_LEADING;
    }
    if (change.term() != state.term) {
      return Effect.Refusal.OTHER_TERM;
    }
    if (!state.ownTermCommitted()) {
      // Without it two leaders' changes could have quorums without a common node.
      return Effect.Refusal.OWN_TERM_NOT_COMMITTED;
    }
    if (state.membership().isJoint() || state.log.membershipIndex() > state.commit) {
      return Effect.Refusal.CHANGE_UNDER_WAY;
    }
    if (change.voters().isEmpty()) {
      return Effect.Refusal.NO_VOTERS;
    }
    for (NodeId voter : change.voters()) {
      if (!state.membership().contains(voter)) {
        return Effect.Refusal.NOT_A_LEARNER_FIRST;
      }
      if (!knowsMembers(state, voter)) {
        return Effect.Refusal.NOT_CAUGHT_UP;
      }
    }
    return null;
  }

  /**
   * Who is to vote has the last membership on its disk. One that has nothing gives no vote, and a
   * leader that died before it got something could never be replaced.
   */
  private static boolean knowsMembers(RaftState state, NodeId voter) {
    return voter.equals(state.self)
        || state.membership().votes(voter)
        || state.progress.get(voter).match >= state.log.membershipIndex();
  }

  /** Something was committed: leaves a joint membership, or the place of a leader that left. */
  static void goOn(RaftState state, Outbox out) {
    if (state.log.membershipIndex() > state.commit || !state.ownTermCommitted()) {
      return;
    }
    Membership membership = state.membership();
    if (membership.isJoint()) {
      Replication.append(state, membership.left());
    } else if (!membership.votes(state.self)) {
      Replication.broadcast(state, out);
      Transfers.handOver(state, out);
      Elections.follow(state, out, state.term, RaftState.NOBODY);
    }
  }
}
