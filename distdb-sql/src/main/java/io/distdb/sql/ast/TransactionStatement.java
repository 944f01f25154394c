// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import io.distdb.api.txn.IsolationLevel;
import java.util.Optional;

/** BEGIN, COMMIT, ROLLBACK and their kin. */
public sealed interface TransactionStatement extends Statement {
  /** What a transaction was asked to be; absent: as the session has it. */
  record Modes(Optional<IsolationLevel> isolation, Optional<Boolean> readOnly) {}

  record Begin(SourceSpan span, Modes modes) implements TransactionStatement {}

  record Commit(SourceSpan span) implements TransactionStatement {}

  record Rollback(SourceSpan span) implements TransactionStatement {}

  record Savepoint(SourceSpan span, Name name) implements TransactionStatement {}

  record RollbackTo(SourceSpan span, Name name) implements TransactionStatement {}

  record Release(SourceSpan span, Name name) implements TransactionStatement {}

  record SetTransaction(SourceSpan span, Modes modes) implements TransactionStatement {}
}
