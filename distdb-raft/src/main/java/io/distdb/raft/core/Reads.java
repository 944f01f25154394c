// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import java.util.List;

/** Reads that are not stale: a quorum confirms after the request that this node leads. */
final class Reads {
  private Reads() {}

  static void request(RaftState state, Outbox out, long read) {
    if (!state.leads()) {
      out.add(new Effect.ReadRefused(read));
    } else if (!state.ownTermCommitted()) {
      state.readsBeforeOwnTerm.add(read);
    } else if (Leases.holds(state)) {
      out.add(new Effect.ReadReady(read, state.commit));
    } else {
      confirm(state, out, List.of(read));
    }
  }

  /** The first own entry is committed: what was asked before can be confirmed. */
  static void begin(RaftState state, Outbox out) {
    if (state.ownTermCommitted() && !state.readsBeforeOwnTerm.isEmpty()) {
      List<Long> waiting = List.copyOf(state.readsBeforeOwnTerm);
      state.readsBeforeOwnTerm.clear();
      confirm(state, out, waiting);
    }
  }

  private static void confirm(RaftState state, Outbox out, List<Long> asked) {
    if (state.isAlone()) {
      asked.forEach(read -> out.add(new Effect.ReadReady(read, state.commit)));
      return;
    }
    state.round++;
    asked.forEach(read -> state.reads.add(new RaftState.Read(read, state.commit, state.round)));
    Replication.heartbeat(state, out);
  }

  /** Answers those whose round a quorum has heard. */
  static void answer(RaftState state, Outbox out) {
    if (state.reads.isEmpty() && state.rounds.isEmpty()) {
      return;
    }
    long heard = Quorum.reached(state.membership(), node -> round(state, node));
    Leases.answered(state, heard);
    while (!state.reads.isEmpty() && state.reads.peek().round() <= heard) {
      RaftState.Read read = state.reads.remove();
      out.add(new Effect.ReadReady(read.read(), read.index()));
    }
  }

  private static long round(RaftState state, NodeId node) {
    return node.equals(state.self) ? state.round : state.progress.get(node).round;
  }

  /** This node no longer leads. */
  static void refuse(RaftState state, Outbox out) {
    state.readsBeforeOwnTerm.forEach(read -> out.add(new Effect.ReadRefused(read)));
    state.reads.forEach(read -> out.add(new Effect.ReadRefused(read.read())));
    state.readsBeforeOwnTerm.clear();
    state.reads.clear();
  }
}
