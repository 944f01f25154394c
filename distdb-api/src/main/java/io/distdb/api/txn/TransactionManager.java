// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.index.IndexId;
import io.distdb.api.metrics.Metered;
import io.distdb.api.storage.Compression;
import java.util.List;
import java.util.function.IntFunction;

/** Begins transactions. Thread-safe. */
public interface TransactionManager extends Metered, AutoCloseable {
  Transaction begin(TransactionOptions options);

  /**
   * Begins a transaction that reads the past: at REPEATABLE READ, whatever {@code options} say. Of
   * a snapshot that an open transaction reads at, or another one that was pinned so, nothing is
   * collected before this returns.
   *
   * @param snapshot from the safe point to the last timestamp handed out
   * @throws io.distdb.api.error.DistDbException {@code SNAPSHOT_TOO_OLD}: below the safe point
   *     (raise version_retention); {@code INVALID_PARAMETER_VALUE}: in the future
   */
  Transaction beginAt(long snapshot, TransactionOptions options);

  /**
   * What became of the commit of {@code token}. When there is no outcome yet, asking makes it
   * {@link CommitOutcome.Aborted}, for ever.
   */
  CommitOutcome outcome(CommitToken token);

  /** An index id that was never given out before, in this database's whole life. */
  IndexId newIndexId();

  /** Writes a checkpoint, so that the journal behind it can go. */
  void checkpoint();

  /**
   * The newest timestamp for which everything committed at or below it is applied, and nothing more
   * will be committed there; {@link io.distdb.api.Timestamp#NONE} when that cannot be told, since
   * the outcome of a commit is unknown. Does not wait: commits on their way hold it down.
   */
  long settled();

  /**
   * A timestamp for which everything committed at or below it is applied, and nothing more will be
   * committed there: what was committed before the call is below it. Waits for commits on their
   * way.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: the outcome of a commit
   *     is unknown; {@code SHUTTING_DOWN}
   */
  long settle();

  /**
   * Hands out everything that a reader of now sees, as {@link io.distdb.api.storage.Store#export}
   * does, while writers go on. Versions that it needs are kept meanwhile.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: a commit below has an
   *     unknown outcome; {@code SHUTTING_DOWN}; and what the sink throws
   */
  ExportedContent export(Compression compression, ContentSink sink);

  /** Sets who is told what commits announce, from now on; once. */
  void onAnnouncement(AnnouncementListener listener);

  /**
   * Sets who stands for the parties of other nodes' transactions, whose locks are kept here while
   * this node leads: by their numbers, from now on. Until then nobody is told of their waits.
   */
  default void onForeignParties(IntFunction<LockParty> parties) {}

  TimestampSource timestamps();

  /**
   * The locks that are held and waited for. Each was so at some moment of the call, not all at the
   * same; others are held up for a small part of the table at a time.
   *
   * @param quietMax of the locks of keys that are held and that nobody waits for, how many at most
   */
  List<LockView> locks(int quietMax);

  /**
   * Runs {@code look} while no lock is granted, given back, or waited for by one more. Everybody
   * waits for it: it only looks, at {@link LockWait#blockers}.
   */
  void whileLocksRest(Runnable look);

  /** Ends running transactions ({@code SHUTTING_DOWN}); begins none. May be called twice. */
  @Override
  void close();
}
