// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole query: WITH, its body, and what follows it. */
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
    return with(query, targets, false).statement();
  }

  /** A query to combine with others: its unknown columns stay unknown. */
  QueryArm arm(Query query) {
    return with(query, List.of(), true);
  }

  private QueryArm with(Query query, List<SqlType> targets, boolean keepsUnknown) {
    Optional<Query.With> statement = context.statementWith();
    if (query.with().isEmpty() && statement.isEmpty()) {
      return body(query, targets, keepsUnknown);
    }
    CommonTables around = context.commonTables();
    context.setStatementWith(Optional.empty());
    try {
      List<Relation.CommonTable> tables = new ArrayList<>();
      statement.ifPresent(
          with -> tables.addAll(new WithClause(context, outer, this).analyze(with)));
      query
          .with()
          .ifPresent(with -> tables.addAll(new WithClause(context, outer, this).analyze(with)));
      QueryArm body = body(query, targets, keepsUnknown);
      return new QueryArm(
          new Relation.With(tables, body.relation()), body.headings(), body.columns());
    } finally {
      context.enter(around);
      context.setStatementWith(statement);
    }
  }

  private QueryArm body(Query query, List<SqlType> targets, boolean keepsUnknown) {
    return switch (query.body()) {
      case Query.Select select ->
          new SelectAnalyzer(context, outer, query, select, keepsUnknown).analyze(targets);
      case Query.Values values -> new ValuesAnalyzer(context, outer).analyze(query, values);
      case Query.SetOperation set ->
          new SetOperationAnalyzer(context, outer, this).analyze(query, set);
      case Query.Nested nested ->
          throw Invariant.unreachable("a nested query outside of a set operation");
    };
  }
}
