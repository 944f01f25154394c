// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.storage.LogPosition;
import java.util.List;

/** What the members of a group say to each other. */
public sealed interface Message {
  /** The sender's term; of pre-votes the one it would begin. */
  long term();

  /**
   * Asks whether a vote would be given; changes nothing where it arrives.
   *
   * @param last the end of the candidate's log
   */
  record PreVoteRequest(long term, LogPosition last) implements Message {}

  /**
   * @param term what was asked for when granted, else that of the answering node
   */
  record PreVoteReply(long term, boolean granted) implements Message {}

  /**
   * @param transfer the leader itself asked the candidate to begin: a leader that is heard is no
   *     reason to refuse
   */
  record VoteRequest(long term, LogPosition last, boolean transfer) implements Message {}

  record VoteReply(long term, boolean granted) implements Message {}

  /**
   * Entries, or none, behind {@code previous}.
   *
   * @param commit the leader's
   */
  record Append(long term, LogPosition previous, List<Entry> entries, long commit)
      implements Message {
    public Append {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Entries that were sent are committed. Who has them does not answer: a message that is lost is
   * made good by the next one that says what is committed.
   *
   * @param previous through where entries were sent; who does not have that one rejects it
   */
  record Committed(long term, LogPosition previous, long commit) implements Message {}

  /** The log matches the leader's, and is durable, through {@code match}. */
  record Appended(long term, long match) implements Message {}

  /**
   * There is no such entry as {@code previous}, the index of which is {@code rejected}.
   *
   * @param hint a position of the follower's log at or below which the logs may match
   */
  record AppendRejected(long term, long rejected, LogPosition hint) implements Message {}

  /**
   * @param commit what of the receiver's log is known to match and to be committed
   * @param round of reads: the answer confirms that the sender led when the round began
   */
  record Heartbeat(long term, long commit, long round) implements Message {}

  record HeartbeatReply(long term, long round) implements Message {}

  /** The receiver is to ask for votes at once. */
  record TimeoutNow(long term) implements Message {}
}
