// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transaction bodies, again and again while others get in their way.
 *
 * <p>Back-off: the n-th wait is between a half and the whole of 2^n tenths of a millisecond, at
 * most {@link #BACKOFF_NANOS_MAX}; the spread comes from a counter, so that a simulated run repeats
 * itself.
 */
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
  private static final int ATTEMPTS_MAX = 100;
  private static final long BACKOFF_NANOS_MIN = 100_000;

  /** Reached after a dozen failures in a row: then what is in the way takes long. */
  private static final long BACKOFF_NANOS_MAX = 250_000_000;

  private final Leases pool;
  private final Scheduler scheduler;
  private final AtomicLong waits = new AtomicLong();

  Transactions(Leases pool, Scheduler scheduler) {
    this.pool = pool;
    this.scheduler = scheduler;
  }

  <T, E extends Exception> T run(IsolationLevel isolation, TransactionBody<T, E> body) throws E {
    for (int attempt = 1; ; attempt++) {
      Lease lease = pool.take();
      try {
        return once(lease, isolation, body);
      } catch (DistDbException failure) {
        if (!(worthAnother(failure) || lease.goesOn(failure)) || attempt == ATTEMPTS_MAX) {
          throw failure;
        }
        scheduler.newWaiter().await(backoffNanos(attempt));
      }
    }
  }

  private static boolean worthAnother(DistDbException failure) {
    return failure.code() == ErrorCode.SERIALIZATION_FAILURE
        || failure.code() == ErrorCode.DEADLOCK_DETECTED;
  }

  private long backoffNanos(int attempt) {
    long whole = Math.min(BACKOFF_NANOS_MAX, BACKOFF_NANOS_MIN << Math.min(attempt, 20));
    long spread = waits.incrementAndGet() * 0x9e3779b97f4a7c15L >>> 1;
    return whole / 2 + spread % (whole / 2);
  }

  private static <T, E extends Exception> T once(
      Lease lease, IsolationLevel isolation, TransactionBody<T, E> body) throws E {
    Tx tx = new Tx(lease);
    boolean returned = false;
    try {
      lease.beginTransaction(begin(isolation));
      T answer = body.run(tx);
      returned = true;
      commit(lease);
      return answer;
    } finally {
      tx.end();
      end(lease, returned);
    }
  }

  private static String begin(IsolationLevel isolation) {
    return switch (isolation) {
      case READ_COMMITTED -> "BEGIN ISOLATION LEVEL READ COMMITTED";
      case REPEATABLE_READ -> "BEGIN ISOLATION LEVEL REPEATABLE READ";
      case SERIALIZABLE -> "BEGIN ISOLATION LEVEL SERIALIZABLE";
    };
  }

  /** A body that caught the error of a statement cannot have the rest committed. */
  private static void commit(Lease lease) {
    if (lease.session().transactionStatus() == TransactionStatus.IDLE) {
      throw new DistDbException(
          ErrorCode.NO_ACTIVE_TRANSACTION,
          "the transaction was ended by a statement within its body");
    }
    StatementResult result = lease.session().execute("COMMIT");
    if (result instanceof StatementResult.Command command && command.tag().equals("ROLLBACK")) {
      throw new DistDbException(
              ErrorCode.IN_FAILED_TRANSACTION,
              "the transaction was rolled back: a statement in it had failed")
          .withHint("Let the error leave the body, or go back to a SAVEPOINT before it.");
    }
  }

  private static void end(Lease lease, boolean returned) {
    if (lease.session().transactionStatus() == TransactionStatus.IDLE) {
      lease.endTransaction();
    } else if (returned) {
      lease.discard();
    } else {
      rollback(lease);
    }
  }

  /** The error that ended the body is the one to be heard of, whatever comes on top of it. */
  private static void rollback(Lease lease) {
    boolean rolledBack = false;
    try {
      lease.session().execute("ROLLBACK");
      rolledBack = true;
    } catch (DistDbException closing) {
      LOG.debug("a transaction was not rolled back in order", closing);
    }
    if (rolledBack) {
      lease.endTransaction();
    } else {
      lease.discard();
    }
  }
}
