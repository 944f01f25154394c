// SPDX-License-Identifier: MIT
package io.distdb.api.cluster;

import io.distdb.api.NodeId;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A member as one node sees it.
 *
 * @param address where the others reach it
 * @param readReplica it is never to vote
 * @param state what it is now
 * @param leads as far as is known
 * @param answers whether it was heard of lately; of a node that follows, the leader only is
 * @param behind entries of the log that its disk is not known to have; empty unless the node that
 *     says this leads
 * @param clock its wall clock beside that of the node that says this; empty: not compared lately
 */
public record MemberView(
    NodeId node,
    String address,
    boolean readReplica,
    State state,
    boolean leads,
    boolean answers,
    OptionalLong behind,
    Optional<MemberClock> clock) {
  /**
   * A wall clock beside another.
   *
   * @param aheadMicros negative: it is behind
   * @param agrees as far as clocks are to; of the node that says this: most others agree with it
   */
  public record MemberClock(long aheadMicros, boolean agrees) {}

  /** What a member is now. */
  public enum State {
    /** It was added, and has not asked to come in. */
    EXPECTED,
    /** It is to get the log. */
    JOINING,
    LEARNER,
    VOTER,
    /** It is to go. */
    LEAVING
  }

  public MemberView {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(behind, "behind");
    Objects.requireNonNull(clock, "clock");
  }
}
