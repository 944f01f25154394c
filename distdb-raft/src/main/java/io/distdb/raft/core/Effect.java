// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Optional;

/** What a host is to do, in the order in which it is told. */
public sealed interface Effect {
  /**
   * Write to the journal, then say {@link Event.Persisted}. What is sent meanwhile needs none of
   * it.
   *
   * @param sequence 1 and up
   * @param hardState when term or vote have changed
   * @param installed a received snapshot takes the place of the whole log, and of the state
   * @param entries supersede all at or above the first one's index
   */
  record Persist(
      long sequence,
      Optional<HardState> hardState,
      Optional<Installed> installed,
      List<Entry> entries)
      implements Effect {
    public Persist {
      entries = List.copyOf(entries);
    }
  }

  record HardState(long term, Optional<NodeId> vote) {}

  record Installed(LogPosition position, Membership membership) {}

  record Send(NodeId to, Message message) implements Effect {}

  /** Committed and durable here: apply them in order, once. */
  record Apply(List<Entry> entries) implements Effect {
    public Apply {
      entries = List.copyOf(entries);
    }
  }

  /** The proposed commands have these positions, and may or may not be committed. */
  record Accepted(LogPosition first, int count) implements Effect {}

  /** Nothing of a proposal, a change of membership or a transfer was begun. */
  record Refused(Refusal why) implements Effect {}

  /** A read may be answered once {@code index} is applied here. */
  record ReadReady(long read, long index) implements Effect {}

  /** This node does not lead, or not any more. */
  record ReadRefused(long read) implements Effect {}

  /** The follower needs what is not in the log any more; end with {@link Event.SnapshotSent}. */
  record SendSnapshot(NodeId to) implements Effect {}

  /** This node leads; everything of earlier terms is in the entries that were given to apply. */
  record Leading(long term) implements Effect {}

  /** This node no longer leads in {@code term}; told whether or not {@link Leading} was. */
  record Following(long term) implements Effect {}

  /** Why nothing was begun. */
  enum Refusal {
    NOT_LEADING,
    OTHER_TERM,
    TRANSFERRING,
    TOO_MUCH_UNCOMMITTED,
    CHANGE_UNDER_WAY,
    OWN_TERM_NOT_COMMITTED,
    NOT_A_LEARNER_FIRST,
    NOT_CAUGHT_UP,
    NO_VOTERS,
    NOT_A_VOTER
  }
}
