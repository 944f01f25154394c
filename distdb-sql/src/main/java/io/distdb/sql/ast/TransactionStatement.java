// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import io.distdb.api.txn.IsolationLevel;
import java.util.Optional;

/** BEGIN, COMMIT, ROLLBACK and their kin. */
public sealed interface TransactionStatement extends Statement {
  /** What a transaction was asked to be; absent: as the session has it. */
  record Modes(Optional<IsolationLevel> isolation, Optional<Boolean> readOnly) {}

  /**
   * @param start whether it was written START TRANSACTION
   */
  record Begin(SourceSpan span, Modes modes, boolean start) implements TransactionStatement {}

  /**
   * @param chain whether a transaction of the same kind follows
   */
  record Commit(SourceSpan span, boolean chain) implements TransactionStatement {}

  /**
   * @param chain whether a transaction of the same kind follows
   */
  record Rollback(SourceSpan span, boolean chain) implements TransactionStatement {}

  record Savepoint(SourceSpan span, Name name) implements TransactionStatement {}

  record RollbackTo(SourceSpan span, Name name) implements TransactionStatement {}

  record Release(SourceSpan span, Name name) implements TransactionStatement {}

  record SetTransaction(SourceSpan span, Modes modes) implements TransactionStatement {}

  /**
   * @param name of a snapshot that another transaction exported
   */
  record SetSnapshot(SourceSpan span, String name) implements TransactionStatement {}
}
