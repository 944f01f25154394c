// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.error.Invariant;
import java.util.List;
import java.util.Optional;

/**
 * What is on the disk. Every message waits until the term and vote that its sender has are there;
 * entries are acknowledged, and applied, only when they are.
 */
final class Durability {
  private Durability() {}

  /** The log is cut from {@code index} on: no write that is under way stands for what was there. */
  static void cut(RaftState state, long index) {
    state.unwritten = Math.min(state.unwritten, index);
    state.stable = Math.min(state.stable, index - 1);
    List<RaftState.Write> writes = List.copyOf(state.writes);
    state.writes.clear();
    for (RaftState.Write write : writes) {
      state.writes.add(
          new RaftState.Write(write.sequence(), Math.min(write.lastIndex(), index - 1)));
    }
  }

  /** At the end of a step: writes what has changed, sends what may go, applies what may be. */
  static void flush(RaftState state, Outbox out) {
    write(state, out);
    for (Outbox.Mail mail : out.mail) {
      if (state.hardSequence > state.written) {
        state.held.add(new RaftState.Held(state.hardSequence, mail.to(), mail.message()));
      } else {
        out.add(new Effect.Send(mail.to(), mail.message()));
      }
    }
    out.mail.clear();
    apply(state, out);
  }

  private static void write(RaftState state, Outbox out) {
    long last = state.log.lastIndex();
    boolean mustStay = state.hardStateChanged || state.installed != null;
    if (!mustStay && state.unwritten > last) {
      return;
    }
    long sequence = ++state.sequence;
    Optional<Effect.HardState> hardState =
        state.hardStateChanged
            ? Optional.of(new Effect.HardState(state.term, Optional.ofNullable(state.vote)))
            : Optional.empty();
    out.add(
        new Effect.Persist(
            sequence,
            hardState,
            Optional.ofNullable(state.installed),
            state.log.entries(state.unwritten, last)));
    if (mustStay) {
      state.hardSequence = sequence;
    }
    state.writes.add(new RaftState.Write(sequence, last));
    state.unwritten = last + 1;
    state.hardStateChanged = false;
    state.installed = null;
  }

  private static void apply(RaftState state, Outbox out) {
    long to = Math.min(state.commit, state.stable);
    if (to > state.applied) {
      out.add(new Effect.Apply(state.log.entries(state.applied + 1, to)));
      state.applied = to;
    }
    if (state.leads() && !state.told && state.applied >= state.firstOwnIndex) {
      state.told = true;
      out.add(new Effect.Leading(state.term));
    }
  }

  static void persisted(RaftState state, Outbox out, long sequence) {
    Invariant.check(
        sequence <= state.sequence, "write %d is done, and was never asked for", sequence);
    if (sequence <= state.written) {
      return;
    }
    state.written = sequence;
    long before = state.stable;
    while (!state.writes.isEmpty() && state.writes.peek().sequence() <= sequence) {
      state.stable = Math.max(state.stable, state.writes.remove().lastIndex());
    }
    while (!state.held.isEmpty() && state.held.peek().sequence() <= sequence) {
      RaftState.Held held = state.held.remove();
      out.add(new Effect.Send(held.to(), held.message()));
    }
    switch (state.role) {
      case LEADER -> Replication.commit(state, out);
      case CANDIDATE -> Elections.ownVote(state, out);
      case FOLLOWER -> {
        if (state.stable > before && state.leader != RaftState.NOBODY) {
          acknowledge(state, out, state.leader);
        }
      }
      case PRE_CANDIDATE -> {
        // What it wrote as a follower is told to the next leader.
      }
    }
  }

  /** Says how far the log is known to match the leader's and is on the disk. */
  static void acknowledge(RaftState state, Outbox out, NodeId leader) {
    out.send(leader, new Message.Appended(state.term, Math.min(state.verified, state.stable)));
  }
}
