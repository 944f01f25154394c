// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;

/** A whole query: its body, then LIMIT. */
final class QueryAnalyzer {
  private final StatementContext context;

  QueryAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement.Query analyze(Query query) {
    return analyze(query, List.of());
  }

  /**
   * @param targets types of the columns that the rows go into; empty for a query of its own
   */
  BoundStatement.Query analyze(Query query, List<SqlType> targets) {
    return switch (query.body()) {
      case Query.Select select -> new SelectAnalyzer(context, query, select).analyze(targets);
      case Query.Values values -> new ValuesAnalyzer(context).analyze(query, values);
    };
  }
}
