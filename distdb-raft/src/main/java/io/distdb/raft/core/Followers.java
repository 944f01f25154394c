// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import java.util.List;

/** What a leader tells a follower; all of the follower's own term. */
final class Followers {
  private Followers() {}

  private static void heard(RaftState state, Outbox out, NodeId from) {
    Invariant.check(!state.leads(), "%s and %s lead in term %d", state.self, from, state.term);
    if (state.role != RaftState.Role.FOLLOWER || !from.equals(state.leader) || state.lost) {
      Elections.follow(state, out, state.term, from);
    }
    state.elapsed = 0;
    state.sinceHeard = 0;
  }

  static void append(RaftState state, Outbox out, NodeId from, Message.Append append) {
    heard(state, out, from);
    LogPosition previous = append.previous();
    List<Entry> entries = append.entries();
    if (previous.index() < state.commit) {
      // What is committed matches, also where it is not in the log any more.
      entries = entries.stream().filter(entry -> entry.index() > state.commit).toList();
      previous = new LogPosition(state.log.term(state.commit), state.commit);
    } else if (!state.log.matches(previous)) {
      reject(state, out, from, previous);
      return;
    }
    take(state, entries);
    long matched = entries.isEmpty() ? previous.index() : entries.getLast().index();
    verified(state, matched, append.commit());
    if (state.unwritten > state.log.lastIndex()) {
      Durability.acknowledge(state, out, from);
    }
  }

  private static void take(RaftState state, List<Entry> entries) {
    for (Entry entry : entries) {
      if (state.log.matches(entry.position())) {
        continue;
      }
      if (entry.index() <= state.log.lastIndex()) {
        Invariant.check(
            entry.index() > state.commit,
            "%s would replace committed %s",
            entry,
            state.log.entry(entry.index()));
        state.log.truncate(entry.index());
        Durability.cut(state, entry.index());
      }
      state.log.append(entry);
    }
  }

  /** The log matches the leader's through {@code matched}; more of its commits means nothing. */
  private static void verified(RaftState state, long matched, long commit) {
    state.verified = Math.max(state.verified, matched);
    state.commit = Math.max(state.commit, Math.min(commit, matched));
  }

  static void committed(RaftState state, Outbox out, NodeId from, Message.Committed committed) {
    heard(state, out, from);
    LogPosition previous = committed.previous();
    if (state.log.matches(previous)) {
      verified(state, previous.index(), committed.commit());
    } else if (previous.index() > state.commit) {
      reject(state, out, from, previous);
    }
  }

  private static void reject(RaftState state, Outbox out, NodeId from, LogPosition previous) {
    LogPosition hint = state.log.mayMatch(previous.index(), previous.term());
    out.send(from, new Message.AppendRejected(state.term, previous.index(), hint));
  }

  static void heartbeat(RaftState state, Outbox out, NodeId from, Message.Heartbeat heartbeat) {
    heard(state, out, from);
    Invariant.check(
        heartbeat.commit() <= state.log.lastIndex(),
        "%s was told that index %d is committed and matches; the log ends at %d",
        state.self,
        heartbeat.commit(),
        state.log.lastIndex());
    verified(state, heartbeat.commit(), heartbeat.commit());
    out.send(from, new Message.HeartbeatReply(state.term, heartbeat.round()));
  }

  static void timeoutNow(RaftState state, Outbox out) {
    if (state.role == RaftState.Role.FOLLOWER && Elections.mayStand(state)) {
      Elections.stand(state, out, true);
    }
  }

  static void snapshot(RaftState state, Outbox out, Event.SnapshotReceived snapshot) {
    if (snapshot.term() < state.term) {
      return;
    }
    if (snapshot.term() > state.term) {
      Elections.follow(state, out, snapshot.term(), snapshot.from());
    }
    heard(state, out, snapshot.from());
    LogPosition position = snapshot.position();
    if (position.index() <= state.commit || state.log.matches(position)) {
      // The log has it and perhaps more, which stays.
      verified(state, Math.max(position.index(), state.verified), position.index());
      Durability.acknowledge(state, out, snapshot.from());
      return;
    }
    Durability.cut(state, 1);
    state.log.reset(position, snapshot.membership());
    state.unwritten = position.index() + 1;
    state.commit = position.index();
    state.applied = position.index();
    state.verified = position.index();
    state.installed = new Effect.Installed(position, snapshot.membership());
  }
}
