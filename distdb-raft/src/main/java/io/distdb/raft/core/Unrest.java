// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

/**
 * Leaders that follow each other soon are a sign that nobody is dead but all are slow: JVMs that
 * have just begun, a machine with too much to do. Each one that comes soon after another makes
 * everybody who sees it wait longer, for a leader as for a quorum, up to three times as long; calm
 * makes the times short again. An election that nobody wins, as of a node that is cut off, changes
 * nothing: it would be late when the network heals.
 *
 * <p>No time gets shorter by it, so that promises to leaders are kept; and who hears a leader's
 * connection break does not wait at all.
 */
final class Unrest {
  /** The most by which the election time is multiplied, less one. */
  static final int MAX = 2;

  /** Leaders who come within so many election times of each other come soon. */
  static final int SOON = 8;

  /** Election times without a new leader after which everybody waits less. */
  static final int CALM = 16;

  private Unrest() {}

  /** What {@link RaftSettings#electionTicks} is at present. */
  static int electionTicks(RaftState state) {
    return state.settings.electionTicks() * (1 + state.unrest);
  }

  static void tick(RaftState state) {
    state.settled++;
    if (state.unrest > 0 && state.settled >= CALM * state.settings.electionTicks()) {
      state.unrest--;
      state.settled = SOON * state.settings.electionTicks();
      if (!state.leads() && !state.lost) {
        Elections.drawTimeout(state);
      }
    }
  }

  /** The present term has a leader. */
  static void led(RaftState state) {
    if (state.term <= state.ledTerm) {
      return;
    }
    boolean soon = state.settled < SOON * state.settings.electionTicks();
    if (state.ledTerm > 0 && soon) {
      state.unrest = Math.min(MAX, state.unrest + 1);
    }
    state.ledTerm = state.term;
    state.settled = 0;
  }
}
