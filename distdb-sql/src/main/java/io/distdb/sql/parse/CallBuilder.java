// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Function calls. */
final class CallBuilder {
  private final ExpressionBuilder expressions;
  private final KeywordCalls keywordCalls;

  CallBuilder(ExpressionBuilder expressions) {
    this.expressions = expressions;
    keywordCalls = new KeywordCalls(expressions);
  }

  Expr build(DistDbSqlParser.FunctionCallContext context) {
    Name function = function(context.functionName());
    Expr.Call call = plain(context, function);
    Expr.CallClauses clauses = clauses(context, call);
    return clauses.equals(Expr.CallClauses.NONE)
        ? call
        : new Expr.Call(
            call.span(), function, call.arguments(), call.star(), call.distinct(), clauses);
  }

  private Expr.Call plain(DistDbSqlParser.FunctionCallContext context, Name function) {
    if (context.functionArguments() == null) {
      return new Expr.Call(Spans.of(context), function, List.of(), false, false);
    }
    return switch (context.functionArguments()) {
      case DistDbSqlParser.StarArgumentContext star ->
          new Expr.Call(Spans.of(context), function, List.of(), true, false);
      case DistDbSqlParser.ListedArgumentsContext listed -> listed(context, function, listed);
      case DistDbSqlParser.TrimArgumentsContext trim -> keywordCalls.trim(context, function, trim);
      case DistDbSqlParser.KeywordArgumentsContext keyword ->
          throw KeywordCalls.refused(function, keyword);
      default -> throw Invariant.unreachable("no such arguments");
    };
  }

  private Expr.CallClauses clauses(DistDbSqlParser.FunctionCallContext context, Expr.Call call) {
    List<Query.OrderItem> orderBy = List.of();
    if (context.functionArguments() instanceof DistDbSqlParser.ListedArgumentsContext listed) {
      orderBy = WindowBuilder.orderBy(listed.orderByClause(), expressions);
    }
    boolean within = context.withinGroup() != null;
    if (within && !orderBy.isEmpty()) {
      throw wrong("cannot use multiple ORDER BY clauses with WITHIN GROUP", context);
    }
    if (within && call.distinct()) {
      throw wrong("cannot use DISTINCT with WITHIN GROUP", context);
    }
    if (within) {
      orderBy = WindowBuilder.orderBy(context.withinGroup().orderByClause(), expressions);
    }
    Optional<Expr> filter =
        Optional.ofNullable(context.filterClause())
            .map(clause -> expressions.build(clause.expression()));
    Optional<Query.Window> over =
        Optional.ofNullable(context.overClause()).map(new WindowBuilder(expressions)::over);
    return new Expr.CallClauses(orderBy, within, filter, over);
  }

  private static DistDbException wrong(
      String message, DistDbSqlParser.FunctionCallContext context) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, message)
        .at(Spans.of(context.withinGroup()).position());
  }

  private static Name function(DistDbSqlParser.FunctionNameContext context) {
    SqlToken last = (SqlToken) context.getStop();
    if (context.name() != null) {
      String schema = NameBuilder.name(context.name()).text();
      // the only functions of information_schema, and of distdb; nothing else begins like them
      boolean known =
          schema.equals("pg_catalog")
              || schema.equals("information_schema") && last.content().startsWith("_pg_")
              || schema.equals("distdb")
                  && (last.content().startsWith("commit_")
                      || last.content().startsWith("cluster_"));
      if (!known) {
        throw Spans.unsupported("a function in a schema other than pg_catalog", context);
      }
    }
    return new Name(last.span(), last.content());
  }

  private Expr.Call listed(
      DistDbSqlParser.FunctionCallContext context,
      Name function,
      DistDbSqlParser.ListedArgumentsContext listed) {
    if (!listed.keywordArgument().isEmpty()) {
      return keywordCalls.listed(context, function, listed);
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

  /** {@code GROUPING(a, b)}. */
  Expr grouping(DistDbSqlParser.SpecialCallContext context) {
    return new Expr.Grouping(Spans.of(context), expressions.build(context.expressionList()));
  }

  /** {@code position(a IN b)} is {@code strpos(b, a)}, called by its own name. */
  Expr position(DistDbSqlParser.PositionContext context) {
    Name function = new Name(Spans.of(context.POSITION()), "position");
    Expr part = expressions.build(context.arithmetic(0));
    Expr whole = expressions.build(context.arithmetic(1));
    return new Expr.Call(Spans.of(context), function, List.of(whole, part), false, false);
  }
}
