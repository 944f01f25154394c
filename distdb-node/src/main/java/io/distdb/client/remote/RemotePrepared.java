// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.StatementResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;

/**
 * A statement that the server has prepared, at its first run here; kept by its session until others
 * take its place. What the server says of its types is asked once for all sessions of a pool, and
 * again when that is {@link #KEPT_NANOS} old, for a table may have changed.
 */
final class RemotePrepared implements Prepared {
  private static final long KEPT_NANOS = 10_000_000_000L;

  private final RemoteSession session;
  private final Facts.Statement statement;
  private final Query query;

  RemotePrepared(RemoteSession session, Facts.Statement statement, Query query) {
    this.session = session;
    this.statement = statement;
    this.query = query;
  }

  /**
   * Types of the parameters and columns of the result.
   *
   * @throws DistDbException as {@link io.distdb.sql.session.Session#prepare}
   */
  Facts.Described describe() {
    Facts.Described known = statement.described();
    if (known != null && session.clock().nanoTime() - known.nanoTime() < KEPT_NANOS) {
      return known;
    }
    ParameterList parameters = query.createParameterList();
    Answer answer =
        session.send(
            statement.text(),
            query,
            parameters,
            0,
            0,
            QueryExecutor.QUERY_DESCRIBE_ONLY | QueryExecutor.QUERY_SUPPRESS_BEGIN);
    List<SqlType> types =
        IntStream.of(parameters.getTypeOIDs()).mapToObj(oid -> RemoteTypes.type(oid, -1)).toList();
    Facts.Described described =
        new Facts.Described(types, List.copyOf(answer.columns()), session.clock().nanoTime());
    statement.describedAs(described);
    return described;
  }

  @Override
  public List<SqlType> parameterTypes() {
    return describe().parameters();
  }

  @Override
  public List<ResultColumn> columns() {
    return describe().columns();
  }

  @Override
  public boolean isTransactionExit() {
    return statement.text().endsBlock();
  }

  @Override
  public boolean isEmpty() {
    return statement.text().firstWord().isEmpty();
  }

  private int parameterCount() {
    return statement.text().parameterPlaces().length;
  }

  @Override
  public StatementResult execute(Value... values) {
    ParameterList parameters = query.createParameterList();
    ParameterTexts.of(values, parameterCount()).into(parameters, 0);
    return session.run(statement, query, parameters, 0);
  }

  @Override
  public long executeBatch(List<Value[]> runs) {
    if (!statement.text().canBeBatch()) {
      throw new DistDbException(
          ErrorCode.WRONG_OBJECT_TYPE,
          "a batch runs INSERT, UPDATE or DELETE without RETURNING, no other statement");
    }
    List<ParameterTexts> texts = new ArrayList<>(runs.size());
    for (Value[] run : runs) {
      texts.add(ParameterTexts.of(run, parameterCount()));
    }
    return session.runBatch(statement.text(), texts);
  }

  /** The session may need it again. */
  @Override
  public void close() {}

  /** For good. */
  void forget() {
    query.close();
  }
}
