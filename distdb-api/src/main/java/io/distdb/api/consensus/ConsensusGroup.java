// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Optional;

/** One group's log on this node. Thread-safe. */
public interface ConsensusGroup {
  ShardId id();

  /** The term in which this node leads, or -1. */
  long leadingTerm();

  /** Who leads, as far as this node knows. */
  Optional<NodeId> leader();

  /**
   * While nobody is known to lead: the voters, but this node, that have not answered lately; of a
   * quorum that is lost they are the reason.
   */
  default List<NodeId> silent() {
    return List.of();
  }

  /**
   * Appends {@code command}, waits until it is committed and applied here, and returns what {@link
   * StateMachine#apply} gave. Must not be called within a lock.
   *
   * @param term the command is refused in every other term
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: not leading in {@code
   *     term}, nothing was appended. {@code DISK_FULL}, {@code IO_ERROR} from the append: nothing
   *     was applied. {@code COMMIT_OUTCOME_UNKNOWN}: it was appended, and may or may not come to be
   *     applied
   */
  Object propose(long term, Command command);

  /** What {@link #proposeLocally} returns of a command that this node has forced, and no more. */
  Object FORCED = new Object();

  /**
   * As {@link #propose}, but waits only until this node has forced the command, which is a quorum
   * if it is alone. The command is applied when a quorum has it, and not before: until then nobody
   * may read or overwrite what it changes, so its locks stay until {@link StateMachine#apply} had
   * it or {@link StateMachine#following} was told.
   *
   * <p>What returned may be lost: when this node fails, or another one begins to lead, before a
   * quorum has the command, the next leader may lead without it. Then {@link
   * StateMachine#following} is told, nobody else is. It may wait for more than it must.
   *
   * @return {@link #FORCED}, or what {@link StateMachine#apply} gave if that came first
   */
  default Object proposeLocally(long term, Command command) {
    return propose(term, command);
  }

  /**
   * Returns once this node is known to have been the leader in {@code term} at some time after the
   * call, and everything committed before the call is applied: what follows reads nothing stale.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: it was not, or this
   *     cannot be known; {@code DISK_FULL}, {@code IO_ERROR}: the disk refuses what that takes
   */
  void confirmRead(long term);

  /**
   * As {@link #confirmRead(long)}, and does not wait: {@code then} is told, in this thread before
   * this returns if nobody has to be asked, else by a thread of the group, perhaps also before this
   * returns. Those who ask at the same time are told in no particular order. Nobody is forgotten:
   * who still waits when the group stops is refused. This default is for groups whose {@link
   * #confirmRead(long)} waits for nobody.
   */
  default void confirmRead(long term, ReadConfirmation then) {
    DistDbException refusal = null;
    try {
      confirmRead(term);
    } catch (DistDbException refused) {
      refusal = refused;
    }
    if (refusal == null) {
      then.confirmed();
    } else {
      then.refused(refusal);
    }
  }

  /** The last position known to be committed. */
  LogPosition committed();

  /** The state machine's checkpoint holds everything through {@code position}: older log may go. */
  void compact(LogPosition position);
}
