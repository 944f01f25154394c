// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.execute.Executable;
import io.distdb.sql.execute.Execution;
import io.distdb.sql.execute.RowSource;
import io.distdb.sql.function.SessionControl;
import java.util.List;

/**
 * What PREPARE or Parse gave a name to. Remembers how the values of its last EXECUTE are computed:
 * the same EXECUTE with other literals is the same {@link CachedStatement}. Used by the session's
 * thread.
 */
final class NamedStatement {
  private final LocalPrepared prepared;
  private final boolean fromSql;
  private final long madeMicros;
  private CachedStatement lastCall;
  private PreparedPlan lastArguments;

  /**
   * @param fromSql whether PREPARE named it, and not Parse
   * @param madeMicros since 1970, UTC
   */
  NamedStatement(LocalPrepared prepared, boolean fromSql, long madeMicros) {
    this.prepared = prepared;
    this.fromSql = fromSql;
    this.madeMicros = madeMicros;
  }

  LocalPrepared prepared() {
    return prepared;
  }

  /** As {@code pg_prepared_statements} shows it. */
  SessionControl.NamedPlan facts(String name) {
    return new SessionControl.NamedPlan(
        name,
        prepared.text(),
        madeMicros,
        prepared.parameterTypes(),
        fromSql,
        prepared.genericRuns(),
        prepared.customRuns());
  }

  /** What EXECUTE runs: the statement whose parameters are of the types that they had. */
  CachedStatement statement() {
    return prepared.statement().declared(prepared.parameterTypes());
  }

  List<ResultColumn> columns() {
    return prepared.columns();
  }

  /**
   * @throws DistDbException {@code SYNTAX_ERROR}: another number of values
   */
  void check(SessionStatement.Execute execute) {
    int wanted = prepared.parameterTypes().size();
    if (execute.arguments().size() != wanted) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR,
              "wrong number of parameters for prepared statement \"" + execute.name() + "\"")
          .withDetail(
              "Expected " + wanted + " parameters but got " + execute.arguments().size() + ".");
    }
  }

  /** How the values of {@code call} are computed. */
  PreparedPlan arguments(CachedStatement call, StatementRun run) {
    if (call != lastCall) {
      SessionStatement.Execute execute = (SessionStatement.Execute) call.ast();
      lastArguments = run.planArguments(execute.arguments(), prepared.parameterTypes());
      lastCall = call;
    }
    return lastArguments;
  }

  /**
   * @param statementPlan of the statement that gets the values
   * @throws DistDbException as expressions do; {@code FEATURE_NOT_SUPPORTED}: definitions have
   *     changed what the statement answers
   */
  Value[] values(
      Arguments.Call call, StatementRun run, PreparedPlan statementPlan, RunningStatement current) {
    if (!prepared.statement().isExecute()) {
      checkColumns(statementPlan);
    }
    Value[] values = new Value[prepared.parameterTypes().size()];
    if (values.length == 0) {
      return values;
    }
    PreparedPlan plan = arguments(call.call(), run);
    Execution execution = run.execution(plan, call.around(), current);
    Executable.Query query = (Executable.Query) plan.executable().orElseThrow();
    RowSource source = query.open(execution);
    try (CursorRows row =
        new CursorRows(plan.columns(), source, execution.environment(), CursorRows.NOTHING_ENDS)) {
      row.next();
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i);
      }
    }
    return values;
  }

  private void checkColumns(PreparedPlan plan) {
    if (!ResultColumn.areAlike(columns(), plan.columns())) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
    }
  }
}
