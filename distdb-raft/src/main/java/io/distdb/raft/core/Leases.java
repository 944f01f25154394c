// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

/**
 * Reads without a round: for a while after a quorum has answered a heartbeat nobody else can lead.
 *
 * <p>Who has heard a leader gives nobody a vote for {@link RaftSettings#electionTicks} of its own
 * ticks, and does not stand for so long; who has just begun cannot know and waits, too. A heartbeat
 * that a quorum has answered was therefore sent at a time from which on, for that many ticks but
 * one, no other quorum votes. The leader counts {@link RaftSettings#leaseNanos} of its own clock
 * from when it <em>sent</em> the heartbeat; the host chooses that so that it is over first as long
 * as no clock drifts more than is assumed. A leader that asks another one to stand gives up its
 * leases for the rest of its term, since that request may arrive at any time. Source: Ongaro's
 * thesis, 6.4.1.
 */
final class Leases {
  private Leases() {}

  static boolean areOn(RaftState state) {
    return state.settings.leaseNanos() > 0;
  }

  /** A heartbeat of the present round is being sent. */
  static void begin(RaftState state) {
    if (areOn(state)) {
      state.rounds.add(new RaftState.Round(state.round, state.now));
    }
  }

  /** A quorum has answered everything through {@code round}. */
  static void answered(RaftState state, long round) {
    while (!state.rounds.isEmpty() && state.rounds.peek().round() <= round) {
      state.leaseFrom = state.rounds.remove().startedAt();
      state.leased = true;
    }
  }

  /** Nobody else leads now. */
  static boolean holds(RaftState state) {
    return areOn(state)
        && state.leased
        && !state.leaseGivenUp
        && state.ownTermCommitted()
        && state.membership().votes(state.self)
        && state.now - state.leaseFrom < state.settings.leaseNanos();
  }

  static void giveUp(RaftState state) {
    state.leaseGivenUp = true;
  }

  /** A term of this node as a leader begins or ends. */
  static void forget(RaftState state) {
    state.rounds.clear();
    state.leased = false;
    state.leaseGivenUp = false;
  }

  /** This node may have promised a leader not to vote. */
  static boolean isPromised(RaftState state) {
    return areOn(state) && state.sinceHeard < state.settings.electionTicks();
  }
}
