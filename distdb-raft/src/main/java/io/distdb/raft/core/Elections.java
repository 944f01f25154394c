// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.List;

/** Terms, votes and who stands for election when. */
final class Elections {
  private Elections() {}

  /** Time goes on for who does not lead. */
  static void tick(RaftState state, Outbox out) {
    state.elapsed++;
    if (state.elapsed >= state.timeout) {
      restartTimer(state);
      if (mayStand(state)) {
        askBefore(state, out);
      } else {
        state.leader = RaftState.NOBODY;
      }
    }
  }

  /**
   * Also who votes no longer may be the only one to have the entry that says so, and is needed
   * until it is committed; its own vote counts for nothing. Source: Ongaro's thesis, 4.2.2.
   */
  static boolean mayStand(RaftState state) {
    long changed = state.log.membershipIndex();
    return state.membership().votes(state.self)
        || changed > state.commit && state.log.membershipAt(changed - 1).votes(state.self);
  }

  static void restartTimer(RaftState state) {
    state.elapsed = 0;
    state.lost = false;
    drawTimeout(state);
  }

  /** Anew: from the election time to twice as much, longer in times of unrest. SplitMix64. */
  static void drawTimeout(RaftState state) {
    state.random += 0x9E3779B97F4A7C15L;
    long z = state.random;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    int least = Unrest.electionTicks(state);
    long drawn = Long.remainderUnsigned(z ^ (z >>> 31), least);
    // Who votes alone disturbs nobody, and has nobody to wait for.
    state.timeout = state.isAlone() ? 1 : least + (int) drawn;
  }

  /**
   * The connection with a node broke. Who follows it, or has voted for it, does not wait for the
   * whole time-out: whoever has its turn first for a tick or less, each of the others for two ticks
   * more than the one before it, so that no two of them stand at once. That this node saw it binds
   * nobody else: who still hears the leader gives no pre-vote. A promise of {@link Leases} is kept.
   */
  static void unreachable(RaftState state, NodeId peer) {
    NodeId awaited = state.leader == RaftState.NOBODY ? state.vote : state.leader;
    boolean other = peer.equals(awaited) && !peer.equals(state.self);
    boolean follows = state.role == RaftState.Role.FOLLOWER && other;
    if (!follows || state.lost || !state.membership().votes(state.self)) {
      return;
    }
    state.lost = true;
    int from =
        Leases.areOn(state)
            ? Math.max(state.elapsed, state.settings.electionTicks())
            : state.elapsed;
    state.timeout = Math.min(state.timeout, from + 1 + 2 * turn(state, peer));
  }

  /** How many of the voters but {@code lost} come before this one; another order in each term. */
  private static int turn(RaftState state, NodeId lost) {
    List<NodeId> voters =
        state.membership().everyone().stream()
            .filter(node -> state.membership().votes(node) && !node.equals(lost))
            .toList();
    return (int) Math.floorMod(voters.indexOf(state.self) + state.term, (long) voters.size());
  }

  /**
   * Becomes a follower, in this term or a later one.
   *
   * @param leader of the term, or {@link RaftState#NOBODY}
   */
  static void follow(RaftState state, Outbox out, long term, NodeId leader) {
    boolean led = state.leads();
    long before = state.term;
    if (term > state.term) {
      state.term = term;
      state.vote = RaftState.NOBODY;
      state.hardStateChanged = true;
      state.verified = 0;
    }
    state.role = RaftState.Role.FOLLOWER;
    state.leader = leader;
    state.votes.clear();
    if (leader != RaftState.NOBODY) {
      Unrest.led(state);
    }
    restartTimer(state);
    if (led) {
      state.verified = 0;
      state.progress.clear();
      state.transferee = RaftState.NOBODY;
      Leases.forget(state);
      Reads.refuse(state, out);
      out.add(new Effect.Following(before));
    }
  }

  /** Asks whether votes would be given, before it disturbs anybody with a new term. */
  private static void askBefore(RaftState state, Outbox out) {
    state.role = RaftState.Role.PRE_CANDIDATE;
    state.leader = RaftState.NOBODY;
    state.votes.clear();
    state.votes.put(state.self, true);
    if (!count(state, out)) {
      toVoters(state, out, new Message.PreVoteRequest(state.term + 1, state.log.last()));
    }
  }

  /** Begins a term. The own vote counts when it is on the disk. */
  static void stand(RaftState state, Outbox out, boolean transfer) {
    state.role = RaftState.Role.CANDIDATE;
    state.leader = RaftState.NOBODY;
    state.term++;
    state.vote = state.self;
    state.hardStateChanged = true;
    state.verified = 0;
    state.votes.clear();
    restartTimer(state);
    toVoters(state, out, new Message.VoteRequest(state.term, state.log.last(), transfer));
  }

  private static void toVoters(RaftState state, Outbox out, Message message) {
    for (NodeId node : state.membership().everyone()) {
      if (!node.equals(state.self) && state.membership().votes(node)) {
        out.send(node, message);
      }
    }
  }

  static void ownVote(RaftState state, Outbox out) {
    if (state.hardSequence <= state.written && state.votes.putIfAbsent(state.self, true) == null) {
      count(state, out);
    }
  }

  /** Goes on when the votes say so; whether they did. */
  private static boolean count(RaftState state, Outbox out) {
    boolean before = state.role == RaftState.Role.PRE_CANDIDATE;
    if (Quorum.agrees(state.membership(), node -> state.votes.getOrDefault(node, false))) {
      if (before) {
        stand(state, out, false);
      } else {
        Replication.lead(state, out);
      }
      return true;
    }
    if (!Quorum.agrees(state.membership(), node -> state.votes.getOrDefault(node, true))) {
      follow(state, out, state.term, RaftState.NOBODY);
      return true;
    }
    return false;
  }

  // --- what candidates are told ---

  static void preVoteReply(RaftState state, Outbox out, NodeId from, Message.PreVoteReply reply) {
    boolean ofThis = reply.granted() ? reply.term() == state.term + 1 : reply.term() == state.term;
    if (state.role == RaftState.Role.PRE_CANDIDATE && ofThis) {
      state.votes.putIfAbsent(from, reply.granted());
      count(state, out);
    }
  }

  static void voteReply(RaftState state, Outbox out, NodeId from, Message.VoteReply reply) {
    if (state.role == RaftState.Role.CANDIDATE) {
      state.votes.putIfAbsent(from, reply.granted());
      count(state, out);
    }
  }

  // --- who is asked ---

  /** A leader was heard so lately that nobody else is wanted. */
  static boolean hearsLeader(RaftState state) {
    return state.leader != RaftState.NOBODY
        && !state.lost
        && state.elapsed < state.settings.electionTicks();
  }

  static void preVoteRequest(
      RaftState state, Outbox out, NodeId from, Message.PreVoteRequest request) {
    boolean granted =
        request.term() > state.term
            && !hearsLeader(state)
            && !Leases.isPromised(state)
            && mayLead(state, request.last());
    out.send(from, new Message.PreVoteReply(granted ? request.term() : state.term, granted));
  }

  /** Of this node's term. */
  static void voteRequest(RaftState state, Outbox out, NodeId from, Message.VoteRequest request) {
    boolean free = state.vote == RaftState.NOBODY && state.leader == RaftState.NOBODY;
    boolean promised = Leases.isPromised(state) && !request.transfer();
    boolean granted =
        (free && !promised || from.equals(state.vote)) && mayLead(state, request.last());
    if (granted && free) {
      state.vote = from;
      state.hardStateChanged = true;
      restartTimer(state);
    }
    out.send(from, new Message.VoteReply(state.term, granted));
  }

  /** The candidate's log has everything; a node that was never in the group cannot tell. */
  private static boolean mayLead(RaftState state, LogPosition last) {
    LogPosition own = state.log.last();
    boolean complete =
        last.term() > own.term() || last.term() == own.term() && last.index() >= own.index();
    return complete && !state.membership().voters().isEmpty();
  }
}
