// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.List;

/** A statement with its parameter and result types as they were when it was prepared. */
final class LocalPrepared implements Prepared {
  private final LocalSession session;
  private final String text;
  private final CachedStatement statement;
  private final List<SqlType> parameterTypes;
  private final List<ResultColumn> columns;
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

  @Override
  public StatementResult execute(Value... parameters) {
    checkOpen();
    session.activity().text(text);
    return session.run(statement, new Arguments.Given(parameters));
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
  public void close() {
    closed = true;
  }
}
