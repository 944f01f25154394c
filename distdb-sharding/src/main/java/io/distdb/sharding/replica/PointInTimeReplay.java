// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;

/**
 * Brings a restored store forward with the log, as far as a reader at one timestamp would see.
 *
 * <p>Log order is not timestamp order: so the whole log is taken, and each entry decided by itself.
 * A commit above the timestamp becomes an empty batch, which moves the applied position and nothing
 * else; that includes its definitions and its token's outcome. Leaving a commit out takes nothing
 * from those that stay: what a transaction changed, read or defined it had locked, so a commit that
 * builds on another has the higher timestamp, and is left out with it.
 *
 * <p>Of the other commands, those without a timestamp stay: bounds of the oracle, so that no
 * timestamp is handed out twice, index ids, the ageing of outcomes (a day old at least). So does
 * the question for an outcome, whenever it was asked: it may have aborted a commit below the
 * timestamp that comes later in the log. A safe point above the timestamp is left out: the database
 * shall be readable at it. What side records say of later moments, {@link SideRecordsAsOf} takes
 * away.
 */
public final class PointInTimeReplay {
  private final Store store;
  private final ShardReplica replica;
  private final long asOf;
  private long newestSeen = Timestamp.NONE;
  private long commits;

  /**
   * @param store as a backup has it, without versions above {@code asOf}
   */
  public PointInTimeReplay(Store store, Clock clock, long asOf) {
    this.store = store;
    this.asOf = asOf;
    this.replica = new ShardReplica(store, clock, new Unheard());
    store.replaying(true);
  }

  /**
   * Takes the next entry; one at or below what the store holds is passed over.
   *
   * @throws DistDbException {@code DATA_CORRUPTED}: an entry is missing before it; {@code
   *     INCOMPATIBLE_FORMAT}
   */
  public void take(LogPosition position, Bytes payload) {
    long next = store.applied().index() + 1;
    if (position.index() < next) {
      return;
    }
    if (position.index() > next) {
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the log from index " + next + " to index " + (position.index() - 1) + " is missing")
          .withHint("Bring the files back that have it.");
    }
    ShardCommand command = CommandCodec.decode(payload);
    if (stays(command)) {
      replica.apply(position, command);
    } else {
      store.apply(position, new WriteBatch(0));
    }
  }

  private boolean stays(ShardCommand command) {
    return switch (command) {
      case ShardCommand.Commit commit -> stays(commit.batch().timestamp());
      case ShardCommand.ProposeOutcome propose -> true;
      case ShardCommand.AdvanceSafePoint advance -> advance.safePoint() <= asOf;
      case ShardCommand.ExtendTimestampBound extend -> true;
      case ShardCommand.ExpireOutcomes expire -> true;
      case ShardCommand.AllocateIndexIds allocate -> true;
    };
  }

  private boolean stays(long timestamp) {
    newestSeen = Math.max(newestSeen, timestamp);
    if (timestamp > asOf) {
      return false;
    }
    commits++;
    return true;
  }

  /** The log is over: from here on the store can be read. */
  public void end() {
    store.replaying(false);
  }

  /** The highest timestamp of a commit that was taken, left out or not. */
  public long newestSeen() {
    return newestSeen;
  }

  /** Commits that were applied. */
  public long commits() {
    return commits;
  }

  /** No transactions run during a restore. */
  private static final class Unheard implements ReplicaListener {
    @Override
    public void leading(long bound) {}

    @Override
    public void following() {}

    @Override
    public void applied(long timestamp) {}

    @Override
    public void announced(WriteBatch batch) {}

    @Override
    public void replaced() {}

    @Override
    public void reached(long index) {}
  }
}
