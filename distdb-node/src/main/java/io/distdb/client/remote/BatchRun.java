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
  static final int RUNS_MAX = 100;

  private final Query query;
  private final ParameterList parameters;

  BatchRun(QueryExecutor executor, StatementText text, List<ParameterTexts> runs) {
    NativeQuery one = new NativeQuery(text.sql(), text.parameterPlaces(), false, SqlCommand.BLANK);
    query = executor.wrap(Collections.nCopies(runs.size(), one));
    parameters = query.createParameterList();
    int before = 0;
    for (ParameterTexts run : runs) {
      run.into(parameters, before);
      before += text.parameterPlaces().length;
    }
  }

  Query query() {
    return query;
  }

  ParameterList parameters() {
    return parameters;
  }
}
