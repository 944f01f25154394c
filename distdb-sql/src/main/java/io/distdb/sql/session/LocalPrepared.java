// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.List;

/** A statement with its parameter and result types as they were when it was prepared. */
final class LocalPrepared implements ServerPrepared {
  private final LocalSession session;
  private final String text;
  private final CachedStatement statement;
  private final List<SqlType> parameterTypes;
  private final List<ResultColumn> columns;
  private long genericRuns;
  private long customRuns;
  private boolean closed;

  LocalPrepared(
      LocalSession session,
      String text,
      CachedStatement statement,
      List<SqlType> parameterTypes,
      List<ResultColumn> columns) {
    this.session = session;
    this.text = text;
    this.statement = statement;
    this.parameterTypes = parameterTypes;
    this.columns = columns;
  }

  CachedStatement statement() {
    return statement;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public List<SqlType> parameterTypes() {
    return parameterTypes;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean isTransactionExit() {
    return statement.isTransactionExit();
  }

  @Override
  public boolean isEmpty() {
    return statement.isEmpty();
  }

  /** Runs with a plan that serves all values. */
  long genericRuns() {
    return genericRuns;
  }

  /** Runs with a plan for their values. */
  long customRuns() {
    return customRuns;
  }

  /** It has run. */
  void count() {
    PreparedPlan plan = statement.plan();
    if (plan != null && plan.basis().ofValues()) {
      customRuns++;
    } else {
      genericRuns++;
    }
  }

  @Override
  public StatementResult execute(Value... parameters) {
    checkOpen();
    return run(parameters);
  }

  @Override
  public StatementResult run(Value[] parameters) {
    session.activity().text(text);
    StatementResult result = session.run(statement, new Arguments.Given(parameters));
    count();
    return result;
  }

  @Override
  public long executeBatch(List<Value[]> runs) {
    checkOpen();
    Arguments.Batch batch = new Arguments.Batch(runs);
    if (statement.isControl()) {
      batch.values(parameterTypes, null);
    }
    session.activity().text(text);
    return ((StatementResult.Command) session.run(statement, batch)).rows();
  }

  private void checkOpen() {
    if (closed) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "the prepared statement is closed");
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
