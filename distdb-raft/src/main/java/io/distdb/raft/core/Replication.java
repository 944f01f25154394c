// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.List;

/** A leader brings its log to the others and finds out what is committed. */
final class Replication {
  private Replication() {}

  /** Begins to lead the term, with an entry of its own. */
  static void lead(RaftState state, Outbox out) {
    state.role = RaftState.Role.LEADER;
    state.leader = state.self;
    state.elapsed = 0;
    state.heartbeatElapsed = 0;
    Unrest.led(state);
    state.firstOwnIndex = state.log.lastIndex() + 1;
    state.round = 0;
    state.uncommittedBytes = 0;
    state.told = false;
    Leases.forget(state);
    state.votes.clear();
    state.progress.clear();
    append(state, Entry.Nothing.NOTHING);
    broadcast(state, out);
  }

  /** Adds to the own log. The first to count a membership is who appends it. */
  static LogPosition append(RaftState state, Entry.Content content) {
    LogPosition position = new LogPosition(state.term, state.log.lastIndex() + 1);
    Entry entry = new Entry(position, content);
    state.log.append(entry);
    state.uncommittedBytes += entry.bytes();
    knowMembers(state);
    return position;
  }

  private static void knowMembers(RaftState state) {
    List<NodeId> everyone = state.membership().everyone();
    state.progress.keySet().retainAll(everyone);
    for (NodeId node : everyone) {
      if (!node.equals(state.self)) {
        state.progress.computeIfAbsent(node, none -> new Progress(state.log.lastIndex()));
      }
    }
  }

  static void propose(RaftState state, Outbox out, Event.Propose proposal) {
    Effect.Refusal refusal = refusal(state, proposal);
    if (refusal != null) {
      out.add(new Effect.Refused(refusal));
      return;
    }
    long first = state.log.lastIndex() + 1;
    proposal.commands().forEach(command -> append(state, command));
    out.add(new Effect.Accepted(new LogPosition(state.term, first), proposal.commands().size()));
    broadcast(state, out);
  }

  private static Effect.Refusal refusal(RaftState state, Event.Propose proposal) {
    if (!state.leads()) {
      return Effect.Refusal.NOT_LEADING;
    }
    if (proposal.term() != state.term) {
      return Effect.Refusal.OTHER_TERM;
    }
    if (state.transferee != RaftState.NOBODY) {
      return Effect.Refusal.TRANSFERRING;
    }
    long bytes = proposal.commands().stream().mapToLong(Entry.Data::bytes).sum();
    return state.uncommittedBytes > 0
            && state.uncommittedBytes + bytes > state.settings.uncommittedBytesMax()
        ? Effect.Refusal.TOO_MUCH_UNCOMMITTED
        : null;
  }

  // --- to the others ---

  static void broadcast(RaftState state, Outbox out) {
    state.progress.forEach((node, known) -> send(state, out, node, known, true));
  }

  /** What is committed, with entries if there are some to send. */
  private static void tell(RaftState state, Outbox out, NodeId to, Progress known) {
    long previous = known.next - 1;
    send(state, out, to, known, false);
    long term = state.log.term(previous);
    boolean saidNothing = known.mode == Progress.Mode.REPLICATE && known.next - 1 == previous;
    if (saidNothing && term != RaftLog.MISSING) {
      out.send(
          to, new Message.Committed(state.term, new LogPosition(term, previous), state.commit));
    }
  }

  /**
   * @param always also when there are no entries, so that the commit is told
   */
  private static void send(RaftState state, Outbox out, NodeId to, Progress known, boolean always) {
    boolean first = always;
    while (!known.isPaused(state.settings)) {
      long previous = known.next - 1;
      long term = state.log.term(previous);
      if (term == RaftLog.MISSING) {
        known.become(Progress.Mode.SNAPSHOT);
        out.add(new Effect.SendSnapshot(to));
        return;
      }
      List<Entry> entries = state.log.entriesWithin(known.next, state.settings.appendBytesMax());
      if (entries.isEmpty() && !first) {
        return;
      }
      first = false;
      out.send(
          to,
          new Message.Append(state.term, new LogPosition(term, previous), entries, state.commit));
      sent(known, entries);
    }
  }

  private static void sent(Progress known, List<Entry> entries) {
    if (known.mode == Progress.Mode.PROBE) {
      known.waits = true;
    } else if (!entries.isEmpty()) {
      known.next = entries.getLast().index() + 1;
      known.sent(known.next - 1, entries.stream().mapToLong(Entry::bytes).sum());
    }
  }

  /** Time goes on for the leader. */
  static void tick(RaftState state, Outbox out) {
    state.elapsed++;
    state.heartbeatElapsed++;
    if (state.elapsed >= Unrest.electionTicks(state)) {
      state.elapsed = 0;
      state.transferee = RaftState.NOBODY;
      if (!hearsQuorum(state)) {
        Elections.follow(state, out, state.term, RaftState.NOBODY);
        return;
      }
    }
    if (state.heartbeatElapsed >= state.settings.heartbeatTicks()) {
      state.round += Leases.areOn(state) ? 1 : 0;
      heartbeat(state, out);
    }
  }

  private static boolean hearsQuorum(RaftState state) {
    boolean heard =
        Quorum.agrees(
            state.membership(), node -> node.equals(state.self) || state.progress.get(node).active);
    state.progress.values().forEach(known -> known.active = false);
    return heard;
  }

  static void heartbeat(RaftState state, Outbox out) {
    state.heartbeatElapsed = 0;
    Leases.begin(state);
    state.progress.forEach((node, known) ->
        out.send(
            node,
            new Message.Heartbeat(state.term, Math.min(known.match, state.commit), state.round)));
  }

  // --- what the others say ---

  static void appended(RaftState state, Outbox out, NodeId from, Message.Appended appended) {
    Progress known = heard(state, from);
    if (known == null) {
      return;
    }
    boolean more = appended.match() > known.match;
    known.match = Math.max(known.match, appended.match());
    known.next = Math.max(known.next, known.match + 1);
    known.answered(appended.match());
    boolean snapshotEnded =
        known.mode == Progress.Mode.SNAPSHOT && known.match >= state.log.base().index();
    if (known.mode == Progress.Mode.PROBE || snapshotEnded) {
      known.become(Progress.Mode.REPLICATE);
    }
    if (more) {
      commit(state, out);
    }
    if (state.leads()) {
      send(state, out, from, known, false);
      Transfers.goOn(state, out, from);
    }
  }

  static void rejected(RaftState state, Outbox out, NodeId from, Message.AppendRejected rejected) {
    Progress known = heard(state, from);
    if (known == null) {
      return;
    }
    boolean stale =
        switch (known.mode) {
          case PROBE -> rejected.rejected() != known.next - 1;
          case REPLICATE -> rejected.rejected() <= known.match;
          case SNAPSHOT -> true;
        };
    if (stale) {
      return;
    }
    LogPosition hint = rejected.hint();
    long mayMatch = state.log.mayMatch(hint.index(), hint.term()).index();
    known.become(Progress.Mode.PROBE);
    known.next = Math.max(known.match, Math.min(mayMatch, rejected.rejected() - 1)) + 1;
    send(state, out, from, known, true);
  }

  static void heartbeatReply(
      RaftState state, Outbox out, NodeId from, Message.HeartbeatReply reply) {
    Progress known = heard(state, from);
    if (known == null) {
      return;
    }
    known.round = Math.max(known.round, reply.round());
    known.waits = false;
    if (known.isFull(state.settings)) {
      known.forgetOldest();
    }
    if (known.match < state.log.lastIndex()) {
      send(state, out, from, known, true);
    }
    Reads.answer(state, out);
  }

  private static Progress heard(RaftState state, NodeId from) {
    Progress known = state.leads() ? state.progress.get(from) : null;
    if (known != null) {
      known.active = true;
      known.answers = true;
    }
    return known;
  }

  static void unreachable(RaftState state, NodeId to) {
    Progress known = state.leads() ? state.progress.get(to) : null;
    if (known != null && known.mode == Progress.Mode.REPLICATE) {
      known.become(Progress.Mode.PROBE);
      known.next = known.match + 1;
    }
  }

  static void snapshotSent(RaftState state, NodeId to, boolean arrived) {
    Progress known = state.leads() ? state.progress.get(to) : null;
    if (known != null && known.mode == Progress.Mode.SNAPSHOT) {
      // One that arrived is answered as entries are; until then a probe asks.
      known.become(Progress.Mode.PROBE);
      known.next = arrived ? Math.max(known.next, state.log.firstIndex()) : known.match + 1;
      known.waits = true;
    }
  }

  // --- what is committed ---

  /** Only an entry of the own term is committed by counting; what is before it goes with it. */
  static void commit(RaftState state, Outbox out) {
    long reached =
        Quorum.reached(
            state.membership(),
            node -> node.equals(state.self) ? state.stable : state.progress.get(node).match);
    if (reached <= state.commit || state.log.term(reached) != state.term) {
      return;
    }
    for (long at = Math.max(state.commit + 1, state.firstOwnIndex); at <= reached; at++) {
      state.uncommittedBytes -= state.log.entry(at).bytes();
    }
    state.commit = reached;
    Reads.begin(state, out);
    Reconfiguration.goOn(state, out);
    if (state.leads()) {
      state.progress.forEach((node, known) -> tell(state, out, node, known));
      // A membership that was left may have had the only members that were still to confirm.
      Reads.answer(state, out);
    }
  }
}
