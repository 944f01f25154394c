// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.index.IndexId;
import io.distdb.api.metrics.Metered;

/** Begins transactions. Thread-safe. */
public interface TransactionManager extends Metered, AutoCloseable {
  Transaction begin(TransactionOptions options);

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

  TimestampSource timestamps();

  /** Ends running transactions ({@code SHUTTING_DOWN}); begins none. May be called twice. */
  @Override
  void close();
}
