// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.Transaction;

/**
 * What a statement ends with when it met something else than an error of SQL: too deep a recursion,
 * no memory left, a fault of DistDB or of code that it called. It is the statement's error; the
 * session goes on. Only what says that the process is broken (a violated invariant, a class that is
 * missing) goes through as it is.
 */
final class StatementFault {
  private StatementFault() {}

  /**
   * The error of a statement that changed nothing.
   *
   * @param failure unchecked
   * @throws Error {@code failure}, when it is nothing to go on after
   */
  static DistDbException of(Throwable failure) {
    return switch (failure) {
      case DistDbException ordinary -> ordinary;
      case StackOverflowError tooDeep ->
          new DistDbException(
                  ErrorCode.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", tooDeep)
              .withHint("Simplify the statement, or give its thread a larger stack (-Xss).");
      case OutOfMemoryError full ->
          new DistDbException(ErrorCode.OUT_OF_MEMORY, "out of memory", full)
              .withDetail(String.valueOf(full.getMessage()))
              .withHint("Lower query_memory or memory_budget, or raise -Xmx.");
      case Error broken -> throw broken;
      default ->
          new DistDbException(ErrorCode.INTERNAL_ERROR, "internal error: " + failure, failure);
    };
  }

  /**
   * Commits. What breaks off within is in doubt: the commit may be on its way to the log.
   *
   * @param names what names it, if it changes something; null: nobody does
   * @throws DistDbException as {@link Transaction#commit}; {@code COMMIT_OUTCOME_UNKNOWN} for
   *     anything else
   */
  static void commit(Transaction transaction, CommitNames names) {
    try {
      if (names != null && transaction.writtenBytes() > 0) {
        names.commit(transaction);
      } else {
        transaction.commit();
      }
    } catch (DistDbException ordinary) {
      throw ordinary;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
      throw new DistDbException(
          ErrorCode.COMMIT_OUTCOME_UNKNOWN,
          "the commit broke off, and may or may not have happened: " + broken,
          broken);
    }
  }
}
