// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.OrderedAggregates;
import io.distdb.sql.function.WindowFunction;
import io.distdb.sql.function.WindowFunction.Kind;
import io.distdb.sql.function.WindowedFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls with OVER: window functions, and aggregates as such. */
final class WindowCallAnalyzer {
  private final StatementContext context;
  private final Scope scope;
  private final AggregateCollector aggregates;

  WindowCallAnalyzer(StatementContext context, Scope scope, AggregateCollector aggregates) {
    this.context = context;
    this.scope = scope;
    this.aggregates = aggregates;
  }

  static Optional<Kind> kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.sqlName().equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  Variable call(Expr.Call call) {
    WindowCollector windows = aggregates.windows(call.span());
    String name = call.function().text();
    ExpressionAnalyzer inner = new ExpressionAnalyzer(context, scope, aggregates.withinWindow());
    WindowedFunction function;
    List<Expression> arguments;
    Optional<Expression> filter = Optional.empty();
    if (!FunctionRegistry.aggregates(name).isEmpty()) {
      refuse(call);
      ExpressionAnalyzer filters =
          new ExpressionAnalyzer(context, scope, AggregateCollector.forbiddenIn(context, "FILTER"));
      AggregateAnalyzer.Bound bound = new AggregateAnalyzer(inner, filters).analyze(call);
      function = bound.function();
      arguments = bound.arguments();
      filter = bound.filter();
    } else {
      Kind kind = kind(name).orElseThrow(() -> noWindowFunction(call, name));
      refuse(call);
      List<Operand> operands = inner.operands(call.arguments());
      WindowFunction resolved = resolve(kind, operands, call);
      function = resolved;
      arguments = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        arguments.add(
            inner.coercion().demand(operands.get(i), resolved.argumentTypes().get(i), name));
      }
    }
    WindowAnalyzer.Resolved window =
        new WindowAnalyzer(context, scope, aggregates, windows.named())
            .resolve(call.clauses().over().orElseThrow());
    return windows.add(function, arguments, filter, window.spec(), window.frame());
  }

  private static DistDbException noWindowFunction(Expr.Call call, String name) {
    boolean known = !FunctionRegistry.functions(name).isEmpty();
    return new DistDbException(
            known ? ErrorCode.WRONG_OBJECT_TYPE : ErrorCode.UNDEFINED_FUNCTION,
            known
                ? "OVER specified, but "
                    + name
                    + " is not a window function nor an aggregate function"
                : "function " + name + " does not exist")
        .at(call.span().position());
  }

  private static void refuse(Expr.Call call) {
    String name = call.function().text();
    boolean aggregate = !FunctionRegistry.aggregates(name).isEmpty();
    if (call.clauses().withinGroup() || OrderedAggregates.isOrderedSet(name)) {
      throw refused("OVER is not supported for ordered-set aggregate " + name, call);
    }
    if (call.distinct()) {
      throw refused("DISTINCT is not implemented for window functions", call);
    }
    if (!call.clauses().orderBy().isEmpty()) {
      throw refused("aggregate ORDER BY is not implemented for window functions", call);
    }
    if (!aggregate && call.clauses().filter().isPresent()) {
      throw refused("FILTER is not implemented for non-aggregate window functions", call);
    }
  }

  private static DistDbException refused(String message, Expr.Call call) {
    return new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, message).at(call.span().position());
  }

  private static WindowFunction resolve(Kind kind, List<Operand> operands, Expr.Call call) {
    int count = operands.size();
    boolean fits =
        switch (kind) {
          case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST -> count == 0;
          case NTILE, FIRST_VALUE, LAST_VALUE -> count == 1;
          case NTH_VALUE -> count == 2;
          case LAG, LEAD -> count >= 1 && count <= 3;
        };
    if (!fits || call.star()) {
      throw CallAnalyzer.undefined(kind.sqlName(), operands, call.span());
    }
    return switch (kind) {
      case ROW_NUMBER, RANK, DENSE_RANK -> new WindowFunction(kind, List.of(), SqlType.BIGINT);
      case PERCENT_RANK, CUME_DIST -> new WindowFunction(kind, List.of(), SqlType.DOUBLE_PRECISION);
      case NTILE -> new WindowFunction(kind, List.of(SqlType.INTEGER), SqlType.INTEGER);
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE, LAG, LEAD -> ofValue(kind, operands);
    };
  }

  /** The first argument, and a third, are of the result's type; a second is an INTEGER. */
  private static WindowFunction ofValue(Kind kind, List<Operand> operands) {
    List<Operand> values = new ArrayList<>();
    values.add(operands.getFirst());
    if (operands.size() == 3) {
      values.add(operands.get(2));
    }
    SqlType type = ConditionalAnalyzer.commonType(kind.sqlName(), values);
    List<SqlType> types = new ArrayList<>();
    types.add(type);
    if (operands.size() > 1) {
      types.add(SqlType.INTEGER);
    }
    if (operands.size() == 3) {
      types.add(type);
    }
    return new WindowFunction(kind, types, type);
  }
}
