// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.ArrayFunctions;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Calls of functions and aggregates. */
final class CallAnalyzer {
  /** Functions of PostgreSQL that are asked for most and are not here yet. */
  private static final Set<String> NOT_YET = Set.of("to_jsonb", "unnest", "xmlagg");

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

  private static boolean isNotYet(String name) {
    return NOT_YET.contains(name) || name.startsWith("json_") || name.startsWith("jsonb_");
  }

  Operand call(Expr.Call written) {
    Expr.Call call = VoidArguments.left(written, context.parameters());
    String name = call.function().text();
    if (call.clauses().over().isPresent()) {
      Variable result = new WindowCallAnalyzer(context, scope, aggregates).call(call);
      return ExpressionAnalyzer.typed(call, context.reference(result, call.span()));
    }
    if (!FunctionRegistry.aggregates(name).isEmpty()) {
      return ExpressionAnalyzer.typed(call, aggregate(call));
    }
    if (!FunctionRegistry.tableFunctions(name).isEmpty()) {
      SeriesCollector series = aggregates.series(call.span());
      int before = series.count();
      Relation.SeriesCall rows = FunctionItems.series(call, expressions);
      if (series.count() > before) {
        throw ExpressionAnalyzer.unsupported(
            "a set-returning function within another", call.span());
      }
      return ExpressionAnalyzer.typed(call, context.reference(series.add(rows), call.span()));
    }
    refuseClauses(call, name);
    if (VariadicCalls.has(name) && !call.star() && !call.distinct()) {
      return ExpressionAnalyzer.typed(call, new VariadicCalls(expressions).call(call));
    }
    List<ScalarFunction> candidates = FunctionRegistry.functions(name);
    if (candidates.isEmpty() && isNotYet(name) && ArrayFunctions.named(name).isEmpty()) {
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
    List<Operand> arguments = expressions.operands(SequenceCalls.arguments(call));
    if (!ArrayFunctions.named(name).isEmpty()) {
      return ExpressionAnalyzer.typed(
          call,
          new ArrayCalls(expressions.coercion())
              .call(name, arguments)
              .orElseThrow(() -> missing(name, arguments, call.span())));
    }
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

  private static DistDbException missing(String name, List<Operand> arguments, SourceSpan span) {
    try {
      only(List.of(), name, arguments, span);
    } catch (DistDbException none) {
      return none;
    }
    throw new IllegalStateException("nothing was chosen");
  }

  /** The one candidate that is left. */
  static <F> F only(List<F> left, String name, List<Operand> arguments, SourceSpan span) {
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
    throw undefined(name, arguments, span);
  }

  static DistDbException undefined(String name, List<Operand> arguments, SourceSpan span) {
    String signature =
        name
            + arguments.stream().map(Operand::typeName).collect(Collectors.joining(", ", "(", ")"));
    String hint =
        Suggestion.nearest(name, FunctionRegistry.names())
            .filter(near -> !near.equals(name))
            .map(near -> "Perhaps you meant " + near + ".")
            .orElse(
                "No function matches the given name and argument types. You might need to add"
                    + " explicit type casts.");
    return new DistDbException(
            ErrorCode.UNDEFINED_FUNCTION, "function " + signature + " does not exist")
        .withHint(hint)
        .at(span.position());
  }

  private static void refuseClauses(Expr.Call call, String name) {
    if (WindowCallAnalyzer.kind(name).isPresent()) {
      throw new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE, "window function " + name + " requires an OVER clause")
          .at(call.span().position());
    }
    Expr.CallClauses clauses = call.clauses();
    if (!clauses.equals(Expr.CallClauses.NONE)) {
      String clause =
          clauses.withinGroup()
              ? "WITHIN GROUP"
              : clauses.filter().isPresent() ? "FILTER" : "ORDER BY";
      throw new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE,
              clause + " specified, but " + name + " is not an aggregate function")
          .at(call.span().position());
    }
  }

  private Expression aggregate(Expr.Call call) {
    ExpressionAnalyzer inner =
        new ExpressionAnalyzer(
            context,
            scope,
            AggregateCollector.forbidden(context, "aggregate function calls cannot be nested"));
    ExpressionAnalyzer filters =
        new ExpressionAnalyzer(context, scope, AggregateCollector.forbiddenIn(context, "FILTER"));
    AggregateAnalyzer.Bound bound = new AggregateAnalyzer(inner, filters).analyze(call);
    AggregateCollector owner = owner(bound.expressions());
    owner.check(call.span());
    return context.reference(owner.add(bound), call.span());
  }

  /**
   * The query that the aggregate is of: the innermost whose columns its arguments have (SQL:1999,
   * PostgreSQL documentation, chapter 4.2.7); without columns the one it is written in.
   */
  private AggregateCollector owner(List<Expression> arguments) {
    Set<Variable> asked = new HashSet<>();
    arguments.forEach(
        argument -> asked.addAll(io.distdb.sql.logical.Expressions.references(argument)));
    Scope at = scope;
    AggregateCollector found = aggregates;
    while (!asked.isEmpty() && at.outer().isPresent() && asked.stream().noneMatch(at::owns)) {
      found = at.outer().get().aggregates();
      at = at.outer().get().scope();
    }
    return found;
  }
}
