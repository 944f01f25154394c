// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Outcomes of commits that carry a token: side records, written once. Their age is counted in whole
 * seconds of oracle time, and a second is what expires in one step, so that no step is long.
 *
 * <p>An outcome that is 24 hours old becomes UNKNOWN, and that mark is kept for 30 days more: while
 * it is there, a late question cannot be mistaken for one about a token that was never used.
 *
 * <p>A client that names all its commits says with each that it has had the answer to the one
 * before: then a single outcome is kept for it. Source: Ongaro, "Consensus: Bridging Theory and
 * Practice", section 6.3.
 */
public final class Outcomes {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** How long an outcome is told, in seconds. */
  public static final long KEPT_SECONDS = 24 * 3600;

  /** How long after it was recorded a token is still known to have been used, in seconds. */
  public static final long REMEMBERED_SECONDS = 31L * 24 * 3600;

  private static final long NO_SECOND = -1;

  private final Store store;
  private final ConcurrentSkipListSet<Long> told = new ConcurrentSkipListSet<>();
  private final ConcurrentSkipListSet<Long> remembered = new ConcurrentSkipListSet<>();

  Outcomes(Store store) {
    this.store = store;
  }

  /** The recorded outcome, or null: none yet. */
  public CommitOutcome find(CommitToken token) {
    Bytes value = store.side(SideRecords.outcome(token));
    return value == null ? null : SideRecords.outcome(value);
  }

  /**
   * As {@link #find}, but UNKNOWN for what is due to expire at {@code now}, in microseconds of
   * oracle time.
   */
  public CommitOutcome told(CommitToken token, long now) {
    Bytes value = store.side(SideRecords.outcome(token));
    if (value == null) {
      return null;
    }
    boolean old =
        SideRecords.recordedAt(value) / MICROS_PER_SECOND + KEPT_SECONDS <= now / MICROS_PER_SECOND;
    return old ? new CommitOutcome.Unknown() : SideRecords.outcome(value);
  }

  /**
   * One step of ageing that is due at {@code now}, or null.
   *
   * @param now oracle time, in microseconds
   */
  public ShardCommand.ExpireOutcomes due(long now) {
    long second = now / MICROS_PER_SECOND;
    long kept = firstAtOrBelow(told, second - KEPT_SECONDS);
    long forgotten = firstAtOrBelow(remembered, second - REMEMBERED_SECONDS);
    return kept == NO_SECOND && forgotten == NO_SECOND
        ? null
        : new ShardCommand.ExpireOutcomes(kept, forgotten);
  }

  private static long firstAtOrBelow(ConcurrentSkipListSet<Long> seconds, long limit) {
    Long first = seconds.isEmpty() ? null : seconds.ceiling(Long.MIN_VALUE);
    return first == null || first > limit ? NO_SECOND : first;
  }

  /** Adds the side records of an outcome to {@code batch}. */
  static void record(WriteBatch batch, CommitToken token, CommitOutcome outcome, long timestamp) {
    batch.putSide(SideRecords.outcome(token), SideRecords.outcome(outcome, timestamp));
    batch.putSide(SideRecords.outcomeSecond(timestamp / MICROS_PER_SECOND, token), Bytes.EMPTY);
  }

  /** Takes the side records of an outcome away. */
  static void remove(WriteBatch batch, CommitToken token, long timestamp) {
    batch.deleteSide(SideRecords.outcome(token));
    batch.deleteSide(SideRecords.outcomeSecond(timestamp / MICROS_PER_SECOND, token));
  }

  /**
   * Adds to {@code batch} that nobody asks for {@code answered} any more. What was settled by a
   * question stays: its commit may be on its way yet.
   */
  void forget(WriteBatch batch, CommitToken answered) {
    Bytes value = store.side(SideRecords.outcome(answered));
    if (value != null && SideRecords.outcome(value) instanceof CommitOutcome.Committed) {
      remove(batch, answered, SideRecords.recordedAt(value));
    }
  }

  void recorded(long timestamp) {
    told.add(timestamp / MICROS_PER_SECOND);
  }

  WriteBatch expire(ShardCommand.ExpireOutcomes step) {
    WriteBatch batch = new WriteBatch();
    if (step.kept() != NO_SECOND) {
      Bytes unknown =
          SideRecords.outcome(new CommitOutcome.Unknown(), step.kept() * MICROS_PER_SECOND);
      store.forEachSide(
          SideRecords.secondPrefix(step.kept()),
          (key, value) -> batch.putSide(outcomeKey(key), unknown));
    }
    if (step.forgotten() != NO_SECOND) {
      store.forEachSide(
          SideRecords.secondPrefix(step.forgotten()),
          (key, value) -> batch.deleteSide(outcomeKey(key)).deleteSide(key));
    }
    return batch;
  }

  void expired(ShardCommand.ExpireOutcomes step) {
    if (step.kept() != NO_SECOND) {
      told.remove(step.kept());
      remembered.add(step.kept());
    }
    remembered.remove(step.forgotten());
  }

  private static Bytes outcomeKey(Bytes secondKey) {
    return SideRecords.outcome(SideRecords.tokenOfSecond(secondKey));
  }

  void load() {
    told.clear();
    remembered.clear();
    store.forEachSide(
        SideRecords.OUTCOME_SECONDS,
        (key, value) -> {
          CommitOutcome outcome = find(SideRecords.tokenOfSecond(key));
          (outcome instanceof CommitOutcome.Unknown ? remembered : told)
              .add(SideRecords.keyNumber(key));
        });
  }
}
