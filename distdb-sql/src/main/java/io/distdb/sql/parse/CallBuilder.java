// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Function calls. */
final class CallBuilder {
  private final ExpressionBuilder expressions;

  CallBuilder(ExpressionBuilder expressions) {
    this.expressions = expressions;
  }

  Expr build(DistDbSqlParser.FunctionCallContext context) {
    refuseClauses(context);
    Name function = function(context.functionName());
    if (context.functionArguments() == null) {
      return new Expr.Call(Spans.of(context), function, List.of(), false, false);
    }
    return switch (context.functionArguments()) {
      case DistDbSqlParser.StarArgumentContext star ->
          new Expr.Call(Spans.of(context), function, List.of(), true, false);
      case DistDbSqlParser.ListedArgumentsContext listed -> listed(context, function, listed);
      case DistDbSqlParser.TrimArgumentsContext trim -> throw keywordForm(function, trim);
      case DistDbSqlParser.KeywordArgumentsContext keyword -> throw keywordForm(function, keyword);
      default -> throw Invariant.unreachable("no such arguments");
    };
  }

  private static void refuseClauses(DistDbSqlParser.FunctionCallContext context) {
    if (context.overClause() != null) {
      throw Spans.unsupported("a window function (OVER)", context.overClause());
    }
    if (context.filterClause() != null) {
      throw Spans.unsupported("FILTER", context.filterClause());
    }
    if (context.withinGroup() != null) {
      throw Spans.unsupported("WITHIN GROUP", context.withinGroup());
    }
  }

  private static Name function(DistDbSqlParser.FunctionNameContext context) {
    SqlToken last = (SqlToken) context.getStop();
    if (context.name() != null && !NameBuilder.name(context.name()).text().equals("pg_catalog")) {
      throw Spans.unsupported("a function in a schema other than pg_catalog", context);
    }
    return new Name(last.span(), last.content());
  }

  private Expr listed(
      DistDbSqlParser.FunctionCallContext context,
      Name function,
      DistDbSqlParser.ListedArgumentsContext listed) {
    if (!listed.keywordArgument().isEmpty()) {
      throw keywordForm(function, listed);
    }
    if (listed.orderByClause() != null) {
      throw Spans.unsupported("ORDER BY within a call", listed.orderByClause());
    }
    List<Expr> arguments = new ArrayList<>(listed.functionArgument().size());
    for (DistDbSqlParser.FunctionArgumentContext argument : listed.functionArgument()) {
      if (argument.name() != null) {
        throw Spans.unsupported("a named argument", argument);
      }
      arguments.add(expressions.build(argument.expression()));
    }
    return new Expr.Call(Spans.of(context), function, arguments, false, listed.DISTINCT() != null);
  }

  private static RuntimeException keywordForm(
      Name function, DistDbSqlParser.FunctionArgumentsContext arguments) {
    return Spans.unsupported(
        function.text().toUpperCase(Locale.ROOT) + " with keywords among its arguments", arguments);
  }

  /** {@code position(a IN b)} is {@code strpos(b, a)}, called by its own name. */
  Expr position(DistDbSqlParser.PositionContext context) {
    Name function = new Name(Spans.of(context.POSITION()), "position");
    Expr part = expressions.build(context.arithmetic(0));
    Expr whole = expressions.build(context.arithmetic(1));
    return new Expr.Call(Spans.of(context), function, List.of(whole, part), false, false);
  }
}
