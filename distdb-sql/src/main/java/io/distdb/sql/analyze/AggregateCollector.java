// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The aggregate calls of one SELECT, or the reason why there may be none here. */
final class AggregateCollector {
  private final StatementContext context;
  private final Optional<String> forbidden;
  private final Map<Key, Relation.AggregateCall> calls = new LinkedHashMap<>();

  /** What makes two calls equal. */
  private record Key(AggregateFunction function, List<Expression> arguments, boolean distinct) {}

  private AggregateCollector(StatementContext context, Optional<String> forbidden) {
    this.context = context;
    this.forbidden = forbidden;
  }

  static AggregateCollector allowed(StatementContext context) {
    return new AggregateCollector(context, Optional.empty());
  }

  /**
   * @param message what is said of an aggregate that is there nevertheless
   */
  static AggregateCollector forbidden(StatementContext context, String message) {
    return new AggregateCollector(context, Optional.of(message));
  }

  static AggregateCollector forbiddenIn(StatementContext context, String clause) {
    return forbidden(context, "aggregate functions are not allowed in " + clause);
  }

  /** The column that has the aggregate's result; equal calls share one. */
  Variable add(AggregateFunction function, List<Expression> arguments, boolean distinct) {
    return calls
        .computeIfAbsent(
            new Key(function, arguments, distinct),
            key ->
                new Relation.AggregateCall(
                    context.newVariable(function.name(), function.resultType()),
                    function,
                    arguments,
                    distinct))
        .variable();
  }

  void check(SourceSpan span) {
    if (forbidden.isPresent()) {
      throw new DistDbException(ErrorCode.GROUPING_ERROR, forbidden.get()).at(span.position());
    }
  }

  List<Relation.AggregateCall> calls() {
    return List.copyOf(calls.values());
  }
}
