// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.Optional;

/** What groups with and without a journal have in common. */
abstract sealed class SoloGroup implements ConsensusGroup permits JournaledGroup, MemoryGroup {
  static final long NOT_LEADING = -1;

  final ShardId id;
  final NodeId self;
  final StateMachine machine;

  private final Optional<NodeId> someSelf;
  private volatile long leadingTerm = NOT_LEADING;
  private volatile LogPosition applied = LogPosition.START;

  SoloGroup(ShardId id, NodeId self, StateMachine machine) {
    this.id = id;
    this.self = self;
    this.machine = machine;
    this.someSelf = Optional.of(self);
  }

  /** Takes up a record of an earlier life. */
  abstract void replay(JournalRecord record);

  /**
   * Decides the new term and writes it down.
   *
   * @return the journal's end behind it
   */
  abstract long beginTerm();

  /** Begins to serve; the term is on the disk. */
  abstract void lead();

  /** Ends serving, after proposals on their way have ended. */
  abstract void stop();

  @Override
  public ShardId id() {
    return id;
  }

  @Override
  public long leadingTerm() {
    return leadingTerm;
  }

  void leadingTerm(long term) {
    leadingTerm = term;
  }

  @Override
  public Optional<NodeId> leader() {
    return leadingTerm == NOT_LEADING ? Optional.empty() : someSelf;
  }

  @Override
  public LogPosition committed() {
    return applied;
  }

  void applied(LogPosition position) {
    applied = position;
  }

  /** Nothing can depose this node, so there is nobody to ask: what is committed is applied. */
  @Override
  public void confirmRead(long term) {
    requireLeading(term);
  }

  void requireLeading(long term) {
    if (leadingTerm != term) {
      throw notLeading(term);
    }
  }

  private DistDbException notLeading(long term) {
    long current = leadingTerm;
    return new DistDbException(
        ErrorCode.CANNOT_CONNECT_NOW,
        current == NOT_LEADING
            ? "node " + self + " does not serve shard " + id
            : "shard " + id + " is in term " + current + ", not in term " + term);
  }
}
