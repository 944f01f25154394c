// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.SessionStatement;
import java.util.List;
import java.util.function.Function;

/** Finds out what a statement takes and answers, without running it. By the session's thread. */
final class StatementBinder {
  private final LocalSession session;
  private final PathPlans pathPlans = new PathPlans();

  StatementBinder(LocalSession session) {
    this.session = session;
  }

  /** Plans for a search path that is not everyone's. */
  PathPlans pathPlans() {
    return pathPlans;
  }

  /** As {@link ServerSession#prepare(String, List)}. */
  LocalPrepared prepare(String sql, List<SqlType> declaredTypes) {
    session.checkOpen();
    try {
      session.activity().text(sql);
      CachedStatement statement = session.finder().find(sql, false).declared(declaredTypes);
      if (session.block() != null && !statement.isTransactionExit() && !statement.isEmpty()) {
        session.block().checkNotFailed();
      }
      PreparedPlan plan = bind(statement);
      return new LocalPrepared(session, sql, statement, plan.parameterTypes(), plan.columns());
    } catch (RuntimeException | Error failure) {
      throw session.failed(failure);
    }
  }

  /** What {@code ask} says of the statement at the present schema, without running it. */
  PreparedPlan inShortRun(CachedStatement statement, Function<StatementRun, PreparedPlan> ask) {
    if (session.block() != null) {
      session.block().checkNotFailed();
      session.settle();
      session.block().transaction().beginStatement();
      return ask.apply(
          new StatementRun(
              session, statement, Arguments.Given.NONE, session.block().transaction()));
    }
    try (Transaction transaction =
        session.database().transactions().begin(TransactionOptions.DEFAULT.withReadOnly(true))) {
      return ask.apply(new StatementRun(session, statement, Arguments.Given.NONE, transaction));
    } finally {
      session.environment().over();
    }
  }

  private PreparedPlan bind(CachedStatement statement) {
    if (statement.temporary() != null) {
      session.temporary().enable();
    }
    if (statement.ast() instanceof SessionStatement own) {
      return session.statements().bind(own, statement);
    }
    return statement.isControl()
        ? session.control().bind(statement)
        : inShortRun(statement, StatementRun::plan);
  }
}
