// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import java.util.Objects;
import java.util.Optional;

/**
 * How a transaction runs.
 *
 * @param lockTimeoutNanos longest wait for one lock; 0 is no limit (deadlocks are found anyway)
 */
public record TransactionOptions(
    IsolationLevel isolation,
    boolean readOnly,
    Optional<CommitToken> token,
    long lockTimeoutNanos) {
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(IsolationLevel.READ_COMMITTED, false, Optional.empty(), 0);

  public TransactionOptions {
    Objects.requireNonNull(isolation, "isolation");
    Objects.requireNonNull(token, "token");
    if (lockTimeoutNanos < 0) {
      throw new IllegalArgumentException("a lock time-out is not negative: " + lockTimeoutNanos);
    }
  }

  public TransactionOptions withIsolation(IsolationLevel level) {
    return new TransactionOptions(level, readOnly, token, lockTimeoutNanos);
  }

  public TransactionOptions withReadOnly(boolean only) {
    return new TransactionOptions(isolation, only, token, lockTimeoutNanos);
  }

  public TransactionOptions withToken(CommitToken commitToken) {
    return new TransactionOptions(isolation, readOnly, Optional.of(commitToken), lockTimeoutNanos);
  }

  public TransactionOptions withLockTimeoutNanos(long nanos) {
    return new TransactionOptions(isolation, readOnly, token, nanos);
  }
}
