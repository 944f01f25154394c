// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.Collections;
import java.util.List;

/** What happens to a group on one node. */
public sealed interface Event {
  /**
   * Time went on by one unit, which the host chooses.
   *
   * @param now by a clock of this node that never goes back, in ns; of use with leases only
   */
  record Tick(long now) implements Event {}

  record Received(NodeId from, Message message) implements Event {}

  /**
   * Commands to append, all or none.
   *
   * @param term refused in every other term
   */
  record Propose(long term, List<Entry.Data> commands) implements Event {
    public Propose {
      commands = List.copyOf(commands);
    }
  }

  /** Every {@link Effect.Persist} through {@code sequence} is on the disk. */
  record Persisted(long sequence) implements Event {}

  /**
   * Asks until where the log must be applied so that a read is not stale.
   *
   * @param read names the answer; of the caller's choice
   * @param now as in {@link Tick}
   */
  record ReadRequested(long read, long now) implements Event {}

  /** Voters and learners are to become these; nobody is both. */
  record ChangeMembership(long term, List<NodeId> voters, List<NodeId> learners) implements Event {
    public ChangeMembership {
      voters = List.copyOf(voters);
      learners = List.copyOf(learners);
      if (!Collections.disjoint(voters, learners)) {
        throw new IllegalArgumentException(
            "voters %s and learners %s: nobody is both".formatted(voters, learners));
      }
    }
  }

  record TransferLeadership(NodeId target) implements Event {}

  /** The state machine holds everything through {@code index} durably: the log may begin there. */
  record Compact(long index) implements Event {}

  /**
   * A whole snapshot has come from the leader of {@code term} and was verified; nothing was changed
   * yet.
   *
   * @param membership as of {@code position}
   */
  record SnapshotReceived(NodeId from, long term, LogPosition position, Membership membership)
      implements Event {}

  /** A snapshot has reached {@code to}, or was given up. */
  record SnapshotSent(NodeId to, boolean arrived) implements Event {}

  /**
   * A connection with {@code peer} broke, as it does when a process ends: messages may be lost, and
   * the peer may be gone. A hint, which may be wrong.
   */
  record Unreachable(NodeId peer) implements Event {}

  /**
   * The group may sleep if it has had nothing to do for some of these, and needs no {@link Tick}
   * then. The host watches over the nodes of the others meanwhile, and says {@link Wake}.
   */
  record Rest() implements Event {}

  /**
   * Something is the matter with a node that a sleeping group depends on: with the leader's, for
   * the leader with any other member's.
   *
   * @param ticks for how long nothing was heard of it
   */
  record Wake(int ticks) implements Event {}
}
