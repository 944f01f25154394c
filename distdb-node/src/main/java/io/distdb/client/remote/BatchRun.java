// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import java.util.Collections;
import java.util.List;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.SqlCommand;

/** Several runs of one statement, which go to the server in one message and are answered in one. */
final class BatchRun {
  private static final int RUNS_MAX = 100;

  private final Query query;
  private final ParameterList parameters;

  private BatchRun(QueryExecutor executor, StatementText text, List<ParameterTexts> runs) {
    NativeQuery one = new NativeQuery(text.sql(), text.parameterPlaces(), false, SqlCommand.BLANK);
    query = executor.wrap(Collections.nCopies(runs.size(), one));
    parameters = query.createParameterList();
    int before = 0;
    for (ParameterTexts run : runs) {
      run.into(parameters, before);
      before += text.parameterPlaces().length;
    }
  }

  /**
   * All of {@code runs}, in a block that is open.
   *
   * @return rows changed
   */
  static long all(
      RemoteSession session,
      QueryExecutor executor,
      StatementText text,
      List<ParameterTexts> runs) {
    long rows = 0;
    for (int from = 0; from < runs.size(); from += RUNS_MAX) {
      BatchRun batch =
          new BatchRun(executor, text, runs.subList(from, Math.min(runs.size(), from + RUNS_MAX)));
      rows +=
          session.send(text, batch.query, batch.parameters, 0, 0, RemoteSession.ONE_SHOT).changed();
    }
    return rows;
  }
}
