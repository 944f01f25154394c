// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Calls of functions and aggregates. */
final class CallAnalyzer {
  /** Functions of PostgreSQL that are asked for most and are not here yet. */
  private static final Set<String> NOT_YET =
      Set.of(
          "age",
          "array_agg",
          "array_length",
          "bit_and",
          "bit_or",
          "bool_and",
          "bool_or",
          "cbrt",
          "chr",
          "clock_timestamp",
          "concat",
          "concat_ws",
          "corr",
          "cos",
          "currval",
          "date_part",
          "date_trunc",
          "degrees",
          "dense_rank",
          "every",
          "extract",
          "format",
          "gcd",
          "gen_random_uuid",
          "generate_series",
          "initcap",
          "json_agg",
          "lag",
          "lastval",
          "lcm",
          "lead",
          "log",
          "log10",
          "lpad",
          "make_date",
          "md5",
          "nextval",
          "now",
          "overlay",
          "pi",
          "quote_literal",
          "radians",
          "random",
          "rank",
          "regexp_matches",
          "regexp_replace",
          "row_number",
          "rpad",
          "setval",
          "sin",
          "split_part",
          "starts_with",
          "stddev",
          "string_agg",
          "string_to_array",
          "tan",
          "to_char",
          "to_date",
          "to_number",
          "to_timestamp",
          "translate",
          "unnest",
          "var_pop",
          "variance",
          "version",
          "current_setting",
          "pg_typeof",
          "ascii",
          "sinh",
          "atan",
          "acos",
          "asin",
          "atan2");

  private final ExpressionAnalyzer expressions;
  private final StatementContext context;
  private final Scope scope;
  private final AggregateCollector aggregates;

  CallAnalyzer(
      ExpressionAnalyzer expressions,
      StatementContext context,
      Scope scope,
      AggregateCollector aggregates) {
    this.expressions = expressions;
    this.context = context;
    this.scope = scope;
    this.aggregates = aggregates;
  }

  Operand call(Expr.Call call) {
    String name = call.function().text();
    if (!FunctionRegistry.aggregates(name).isEmpty()) {
      return ExpressionAnalyzer.typed(call, aggregate(call));
    }
    List<ScalarFunction> candidates = FunctionRegistry.functions(name);
    if (candidates.isEmpty() && NOT_YET.contains(name)) {
      throw notYet("function " + name, call);
    }
    if (call.star() || call.distinct()) {
      throw new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE,
              (call.star() ? name + "(*)" : "DISTINCT")
                  + " specified, but "
                  + name
                  + " is not an aggregate function")
          .at(call.span().position());
    }
    List<Operand> arguments = expressions.operands(call.arguments());
    List<ScalarFunction> left =
        candidates.isEmpty()
            ? List.of()
            : OverloadResolution.choose(candidates, ScalarFunction::argumentTypes, arguments);
    ScalarFunction function = only(left, name, arguments, call.span());
    return ExpressionAnalyzer.typed(
        call,
        new Expression.Call(function, expressions.operators().arguments(function, arguments)));
  }

  private static DistDbException notYet(String feature, Expr.Call call) {
    return new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, feature + " is not supported yet")
        .withHint("docs/sql-compatibility.md lists what is.")
        .at(call.span().position());
  }

  private static <F> F only(List<F> left, String name, List<Operand> arguments, SourceSpan span) {
    if (left.size() == 1) {
      return left.getFirst();
    }
    String signature =
        name
            + arguments.stream().map(Operand::typeName).collect(Collectors.joining(", ", "(", ")"));
    if (!left.isEmpty()) {
      throw new DistDbException(
              ErrorCode.AMBIGUOUS_FUNCTION, "function " + signature + " is not unique")
          .withHint(
              "Could not choose a best candidate function. You might need to add explicit type"
                  + " casts.")
          .at(span.position());
    }
    String hint =
        Suggestion.nearest(name, FunctionRegistry.names())
            .filter(near -> !near.equals(name))
            .map(near -> "Perhaps you meant " + near + ".")
            .orElse(
                "No function matches the given name and argument types. You might need to add"
                    + " explicit type casts.");
    throw new DistDbException(
            ErrorCode.UNDEFINED_FUNCTION, "function " + signature + " does not exist")
        .withHint(hint)
        .at(span.position());
  }

  private Expression aggregate(Expr.Call call) {
    aggregates.check(call.span());
    String name = call.function().text();
    if (call.star() && !name.equals("count")) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_FUNCTION, "function " + name + "() does not exist")
          .withHint("Only count takes a star.")
          .at(call.span().position());
    }
    ExpressionAnalyzer inner =
        new ExpressionAnalyzer(
            context,
            scope,
            AggregateCollector.forbidden(context, "aggregate function calls cannot be nested"));
    List<Operand> operands = new ArrayList<>(inner.operands(call.arguments()));
    if (operands.isEmpty() && !call.star()) {
      throw emptyCount(call, name);
    }
    AggregateFunction function = overload(call, name, operands);
    List<Expression> arguments = new ArrayList<>(operands.size());
    for (int i = 0; i < operands.size(); i++) {
      SqlType type = function.argumentTypes().get(i);
      arguments.add(inner.coercion().demand(operands.get(i), type, name));
    }
    Variable result = aggregates.add(function, arguments, call.distinct());
    return context.reference(result, call.span());
  }

  private static DistDbException emptyCount(Expr.Call call, String name) {
    return name.equals("count")
        ? new DistDbException(
                ErrorCode.WRONG_OBJECT_TYPE,
                "count(*) must be used to call a parameterless aggregate function")
            .at(call.span().position())
        : new DistDbException(
                ErrorCode.UNDEFINED_FUNCTION, "function " + name + "() does not exist")
            .at(call.span().position());
  }

  private static AggregateFunction overload(Expr.Call call, String name, List<Operand> operands) {
    List<AggregateFunction> left =
        OverloadResolution.choose(
            FunctionRegistry.aggregates(name), AggregateFunction::argumentTypes, operands);
    return only(left, name, operands, call.span());
  }
}
