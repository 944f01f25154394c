// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import java.util.List;

/**
 * A node in words that are equal exactly when it goes on in the same way: without its clock, which
 * an exploration replaces by choices, and with writes numbered from those that are still awaited.
 */
final class CoreDigest {
  /** What {@link #of} looks at, and after the bar what it leaves out on purpose. */
  static final List<String> FIELDS =
      List.of(
          "role term vote leader lost asleep quiet commit applied verified log stable unwritten sequence written",
          "hardSequence writes held hardStateChanged installed votes progress firstOwnIndex round",
          "readsBeforeOwnTerm reads transferee told uncommittedBytes rounds leased leaseGivenUp",
          "self settings elapsed timeout heartbeatElapsed random now sinceHeard leaseFrom",
          "settled ledTerm unrest");

  private CoreDigest() {}

  static String of(CoreNode node) {
    StringBuilder text = new StringBuilder(512);
    text.append(node.id).append(' ').append(node.disk).append(' ').append(node.machine);
    for (Effect.Persist write : node.writes) {
      text.append(write.hardState()).append(write.installed()).append(write.entries());
    }
    if (node.isUp()) {
      state(text, node.core.state);
    }
    return text.append('\n').toString();
  }

  private static void state(StringBuilder text, RaftState state) {
    text.append(' ').append(state.role).append(state.term).append(state.vote).append(state.leader);
    text.append(state.lost ? " lost" : "").append(state.asleep ? " asleep" : "");
    text.append(state.quiet);
    text.append(' ').append(state.commit).append(' ').append(state.applied);
    text.append(' ').append(state.verified).append(' ').append(state.stable);
    text.append(' ').append(state.unwritten).append(' ').append(state.log);
    text.append(state.hardStateChanged).append(state.installed).append(state.votes);
    text.append(Math.max(0, state.hardSequence - state.written));
    for (RaftState.Write write : state.writes) {
      text.append(" w").append(write.sequence() - state.written).append(':');
      text.append(write.lastIndex());
    }
    for (RaftState.Held held : state.held) {
      text.append(" h").append(held.sequence() - state.written).append(held.to());
      text.append(held.message());
    }
    if (state.leads()) {
      state.progress.forEach(
          (id, known) -> text.append(id).append(known).append(known.round).append(known.active));
      text.append(state.firstOwnIndex).append(' ').append(state.round).append(state.reads);
      text.append(state.readsBeforeOwnTerm).append(state.transferee).append(state.told);
      text.append(state.uncommittedBytes).append(state.rounds).append(state.leased);
      text.append(state.leaseGivenUp);
    }
  }
}
