// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;

/**
 * Groups that have nothing to do need no clock and say nothing. A leader sleeps when all members
 * have all of the log, and answer; a follower when its leader has told it so, a little sooner.
 * Neither tells the other: who is awake while the other one sleeps will ask, and that wakes it. Any
 * event but the heartbeats of an idle group ends it.
 *
 * <p>What a clock is for in a group, to notice that others are gone, is the host's meanwhile, once
 * for all groups: {@link Event.Wake}. A leader that is alive but does not lead any more is awake,
 * as whoever begins to stand is, so that the others are woken by what it says.
 *
 * <p>Groups with {@link Leases} never sleep, nor do those in {@link Unrest}.
 */
final class Sleep {
  /** How often in a row a follower has nothing to do before it sleeps; a leader once more. */
  private static final int QUIET = 2;

  private Sleep() {}

  /** Before each event: does it end the quiet? */
  static void look(RaftState state, Event event) {
    boolean stirs =
        switch (event) {
          case Event.Tick tick -> false;
          case Event.Rest rest -> false;
          case Event.Wake wake -> false;
          case Event.Persisted persisted -> false;
          case Event.Compact compact -> false;
          case Event.Received received -> !isBeat(state, received.from(), received.message());
          case Event.Unreachable lost -> concerns(state, lost.peer());
          case Event.Propose proposal -> true;
          case Event.ReadRequested read -> true;
          case Event.ChangeMembership change -> true;
          case Event.TransferLeadership transfer -> true;
          case Event.SnapshotReceived snapshot -> true;
          case Event.SnapshotSent sent -> true;
        };
    if (stirs) {
      state.quiet = 0;
      if (state.asleep) {
        awake(state);
      }
    }
  }

  /** What a leader and its followers say when all have everything. */
  private static boolean isBeat(RaftState state, NodeId from, Message message) {
    if (message.term() != state.term) {
      return false;
    }
    return switch (message) {
      case Message.Heartbeat heartbeat ->
          from.equals(state.leader) && heartbeat.commit() == state.log.lastIndex();
      case Message.HeartbeatReply reply ->
          state.leads()
              && state.progress.containsKey(from)
              && state.progress.get(from).match == state.log.lastIndex();
      default -> false;
    };
  }

  private static boolean concerns(RaftState state, NodeId peer) {
    return state.leads() ? state.progress.containsKey(peer) : peer.equals(state.leader);
  }

  static void rest(RaftState state) {
    boolean may = !Leases.areOn(state) && state.unrest == 0 && hasEverything(state);
    may &= state.leads() ? leaderMay(state) : followerMay(state);
    state.progress.values().forEach(known -> known.answers = false);
    state.quiet = may ? state.quiet + 1 : 0;
    state.asleep |= state.quiet >= (state.leads() ? QUIET + 1 : QUIET);
  }

  private static boolean hasEverything(RaftState state) {
    long last = state.log.lastIndex();
    return state.commit == last
        && state.applied == last
        && state.stable == last
        && state.written == state.sequence
        && state.held.isEmpty();
  }

  private static boolean leaderMay(RaftState state) {
    return state.ownTermCommitted()
        && state.membership().votes(state.self)
        && !state.membership().isJoint()
        && state.transferee == RaftState.NOBODY
        && state.reads.isEmpty()
        && state.readsBeforeOwnTerm.isEmpty()
        && state.progress.values().stream()
            .allMatch(known ->
                known.mode == Progress.Mode.REPLICATE
                    && known.match == state.log.lastIndex()
                    && known.answers);
  }

  private static boolean followerMay(RaftState state) {
    return state.role == RaftState.Role.FOLLOWER && Elections.hearsLeader(state);
  }

  /** What was counted before means nothing: a leader asks anew who is there. */
  private static void awake(RaftState state) {
    state.asleep = false;
    state.quiet = 0;
    if (state.leads()) {
      state.elapsed = 0;
      state.heartbeatElapsed = state.settings.heartbeatTicks();
      state.progress.values().forEach(known -> known.active = false);
    }
  }

  /** A follower says so to its leader, which may be well and asleep. */
  static void wake(RaftState state, Outbox out, int ticks) {
    if (!state.asleep) {
      return;
    }
    awake(state);
    if (!state.leads()) {
      state.elapsed = Math.max(state.elapsed, ticks);
      Durability.acknowledge(state, out, state.leader);
    }
  }
}
