// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;

/** A leader hands its place to a follower that has everything. */
final class Transfers {
  private Transfers() {}

  static void begin(RaftState state, Outbox out, NodeId target) {
    if (!state.leads()) {
      out.add(new Effect.Refused(Effect.Refusal.NOT_LEADING));
    } else if (!state.membership().votes(target)) {
      out.add(new Effect.Refused(Effect.Refusal.NOT_A_VOTER));
    } else if (!target.equals(state.self)) {
      if (!target.equals(state.transferee)) {
        // Asked again and again, it must not forget to look for a quorum.
        state.transferee = target;
        state.elapsed = 0;
      }
      goOn(state, out, target);
    }
  }

  /** When the target has everything, it is told to begin. */
  static void goOn(RaftState state, Outbox out, NodeId node) {
    if (node.equals(state.transferee) && has(state, node)) {
      Leases.giveUp(state);
      out.send(node, new Message.TimeoutNow(state.term));
    }
  }

  private static boolean has(RaftState state, NodeId node) {
    Progress known = state.progress.get(node);
    return known != null && known.match == state.log.lastIndex();
  }

  /** A leader that is no member any more names a voter that has most of the log. */
  static void handOver(RaftState state, Outbox out) {
    state.progress.entrySet().stream()
        .filter(known -> state.membership().votes(known.getKey()))
        .max((a, b) -> Long.compare(a.getValue().match, b.getValue().match))
        .ifPresent(next -> out.send(next.getKey(), new Message.TimeoutNow(state.term)));
  }
}
