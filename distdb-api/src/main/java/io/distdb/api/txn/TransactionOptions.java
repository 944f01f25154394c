// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import java.util.Objects;
import java.util.Optional;

/**
 * How a transaction runs.
 *
 * @param lockTimeoutNanos longest wait for one lock; 0 is no limit (deadlocks are found anyway)
 * @param party whose it is; null: nobody's who is to be known
 */
public record TransactionOptions(
    IsolationLevel isolation,
    boolean readOnly,
    Optional<CommitToken> token,
    long lockTimeoutNanos,
    LockParty party) {
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(IsolationLevel.READ_COMMITTED, false, Optional.empty(), 0, null);

  public TransactionOptions {
    Objects.requireNonNull(isolation, "isolation");
    Objects.requireNonNull(token, "token");
    if (lockTimeoutNanos < 0) {
      throw new IllegalArgumentException("a lock time-out is not negative: " + lockTimeoutNanos);
    }
  }

  public TransactionOptions withIsolation(IsolationLevel level) {
    return new TransactionOptions(level, readOnly, token, lockTimeoutNanos, party);
  }

  public TransactionOptions withReadOnly(boolean only) {
    return new TransactionOptions(isolation, only, token, lockTimeoutNanos, party);
  }

  public TransactionOptions withToken(CommitToken commitToken) {
    return new TransactionOptions(
        isolation, readOnly, Optional.of(commitToken), lockTimeoutNanos, party);
  }

  public TransactionOptions withLockTimeoutNanos(long nanos) {
    return new TransactionOptions(isolation, readOnly, token, nanos, party);
  }

  public TransactionOptions withParty(LockParty whose) {
    return new TransactionOptions(isolation, readOnly, token, lockTimeoutNanos, whose);
  }
}
