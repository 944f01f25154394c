// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import java.util.Objects;
import java.util.Optional;

/**
 * How a transaction runs.
 *
 * @param lockTimeoutNanos longest wait for one lock; 0 is no limit (deadlocks are found anyway)
 * @param party whose it is; null: nobody's who is to be known
 * @param readMode {@code BOUNDED_STALENESS} with {@code readOnly} alone
 */
public record TransactionOptions(
    IsolationLevel isolation,
    boolean readOnly,
    Optional<CommitToken> token,
    long lockTimeoutNanos,
    LockParty party,
    ReadMode readMode,
    SynchronousCommit synchronousCommit) {
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(
          IsolationLevel.READ_COMMITTED,
          false,
          Optional.empty(),
          0,
          null,
          ReadMode.LINEARIZABLE,
          SynchronousCommit.QUORUM);

  public TransactionOptions {
    Objects.requireNonNull(isolation, "isolation");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(synchronousCommit, "synchronousCommit");
    if (readMode == ReadMode.BOUNDED_STALENESS && !readOnly) {
      throw new IllegalArgumentException("with bounded staleness a transaction only reads");
    }
    if (lockTimeoutNanos < 0) {
      throw new IllegalArgumentException("a lock time-out is not negative: " + lockTimeoutNanos);
    }
  }

  public TransactionOptions withIsolation(IsolationLevel level) {
    return new TransactionOptions(
        level, readOnly, token, lockTimeoutNanos, party, readMode, synchronousCommit);
  }

  /** What may write reads linearizably, whatever it did before. */
  public TransactionOptions withReadOnly(boolean only) {
    return new TransactionOptions(
        isolation,
        only,
        token,
        lockTimeoutNanos,
        party,
        only ? readMode : ReadMode.LINEARIZABLE,
        synchronousCommit);
  }

  public TransactionOptions withToken(CommitToken commitToken) {
    return new TransactionOptions(
        isolation,
        readOnly,
        Optional.of(commitToken),
        lockTimeoutNanos,
        party,
        readMode,
        synchronousCommit);
  }

  public TransactionOptions withToken(Optional<CommitToken> commitToken) {
    return new TransactionOptions(
        isolation, readOnly, commitToken, lockTimeoutNanos, party, readMode, synchronousCommit);
  }

  public TransactionOptions withLockTimeoutNanos(long nanos) {
    return new TransactionOptions(
        isolation, readOnly, token, nanos, party, readMode, synchronousCommit);
  }

  public TransactionOptions withParty(LockParty whose) {
    return new TransactionOptions(
        isolation, readOnly, token, lockTimeoutNanos, whose, readMode, synchronousCommit);
  }

  public TransactionOptions withReadMode(ReadMode mode) {
    return new TransactionOptions(
        isolation, readOnly, token, lockTimeoutNanos, party, mode, synchronousCommit);
  }

  public TransactionOptions withSynchronousCommit(SynchronousCommit least) {
    return new TransactionOptions(
        isolation, readOnly, token, lockTimeoutNanos, party, readMode, least);
  }
}
