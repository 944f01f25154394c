// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;
import java.util.Optional;

/** A whole query: its body, then LIMIT. */
final class QueryAnalyzer {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;

  /** For a query that no other is around. */
  QueryAnalyzer(StatementContext context) {
    this(context, Optional.empty());
  }

  /**
   * @param outer the clause that the query is within; its names may be used
   */
  QueryAnalyzer(StatementContext context, Optional<Scope.Outer> outer) {
    this.context = context;
    this.outer = outer;
  }

  BoundStatement.Query analyze(Query query) {
    return analyze(query, List.of());
  }

  /**
   * @param targets types of the columns that the rows go into; empty for a query of its own
   */
  BoundStatement.Query analyze(Query query, List<SqlType> targets) {
    return switch (query.body()) {
      case Query.Select select ->
          new SelectAnalyzer(context, outer, query, select).analyze(targets);
      case Query.Values values -> new ValuesAnalyzer(context, outer).analyze(query, values);
    };
  }
}
