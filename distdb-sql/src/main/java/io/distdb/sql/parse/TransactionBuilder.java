// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.ast.TransactionStatement;
import io.distdb.sql.ast.TransactionStatement.Modes;
import java.util.Optional;

/** BEGIN, COMMIT, ROLLBACK, savepoints. */
final class TransactionBuilder {
  private TransactionBuilder() {}

  static TransactionStatement begin(DistDbSqlParser.BeginContext context) {
    return new TransactionStatement.Begin(
        Spans.of(context), modes(context.transactionModes()), context.START() != null);
  }

  static Modes modes(DistDbSqlParser.TransactionModesContext context) {
    Optional<IsolationLevel> isolation = Optional.empty();
    Optional<Boolean> readOnly = Optional.empty();
    if (context == null) {
      return new Modes(isolation, readOnly);
    }
    for (DistDbSqlParser.TransactionModeContext mode : context.transactionMode()) {
      if (mode.isolationLevel() != null) {
        refuseSecond(isolation, mode);
        isolation = Optional.of(isolation(mode.isolationLevel()));
      } else if (mode.READ() != null) {
        refuseSecond(readOnly, mode);
        readOnly = Optional.of(mode.ONLY() != null);
      }
      // [NOT] DEFERRABLE says whether to wait for a snapshot that needs no watching: here all are.
    }
    return new Modes(isolation, readOnly);
  }

  private static void refuseSecond(Optional<?> first, DistDbSqlParser.TransactionModeContext mode) {
    if (first.isPresent()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
          .at(Spans.of(mode).position());
    }
  }

  private static IsolationLevel isolation(DistDbSqlParser.IsolationLevelContext level) {
    if (level.SERIALIZABLE() != null) {
      return IsolationLevel.SERIALIZABLE;
    }
    return level.REPEATABLE() != null
        ? IsolationLevel.REPEATABLE_READ
        : IsolationLevel.READ_COMMITTED;
  }

  static TransactionStatement commit(DistDbSqlParser.CommitContext context) {
    return new TransactionStatement.Commit(Spans.of(context), chains(context.chain()));
  }

  private static boolean chains(DistDbSqlParser.ChainContext chain) {
    return chain != null && chain.NO() == null;
  }

  static TransactionStatement rollback(DistDbSqlParser.RollbackContext context) {
    if (context.name() == null) {
      return new TransactionStatement.Rollback(Spans.of(context), chains(context.chain()));
    }
    if (context.ABORT() != null) {
      throw SyntaxErrors.at(Spans.token(context.TO()));
    }
    return new TransactionStatement.RollbackTo(Spans.of(context), NameBuilder.name(context.name()));
  }

  static TransactionStatement savepoint(DistDbSqlParser.SavepointContext context) {
    return new TransactionStatement.Savepoint(Spans.of(context), NameBuilder.name(context.name()));
  }

  static TransactionStatement release(DistDbSqlParser.ReleaseSavepointContext context) {
    return new TransactionStatement.Release(Spans.of(context), NameBuilder.name(context.name()));
  }
}
