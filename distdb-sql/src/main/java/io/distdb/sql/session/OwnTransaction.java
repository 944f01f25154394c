// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import java.util.function.Function;

/** Transactions of the server's own, which are run until nobody gets in their way. */
final class OwnTransaction {
  private static final int ATTEMPTS_MAX = 100;
  private static final long AGAIN_NANOS = 10_000_000;

  private OwnTransaction() {}

  /** For a body that must not be done twice. */
  static <T> T once(
      TransactionManager transactions, Scheduler scheduler, Function<Transaction, T> body) {
    return run(transactions, scheduler, body, false);
  }

  /** For a body that may be done twice: whether it was is not asked then. */
  static <T> T repeatable(
      TransactionManager transactions, Scheduler scheduler, Function<Transaction, T> body) {
    return run(transactions, scheduler, body, true);
  }

  private static <T> T run(
      TransactionManager transactions,
      Scheduler scheduler,
      Function<Transaction, T> body,
      boolean repeatable) {
    for (int attempt = 1; ; attempt++) {
      try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
        T done = body.apply(transaction);
        transaction.commit();
        return done;
      } catch (DistDbException failure) {
        boolean again =
            switch (failure.code()) {
              case SERIALIZATION_FAILURE, DEADLOCK_DETECTED -> true;
              case COMMIT_OUTCOME_UNKNOWN -> repeatable;
              default -> false;
            };
        if (!again || attempt == ATTEMPTS_MAX) {
          throw failure;
        }
      }
      scheduler.newWaiter().awaitUninterruptibly(AGAIN_NANOS);
    }
  }
}
