// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** FROM: tables and joins. */
final class FromBuilder {
  private final ExpressionBuilder expressions;
  private int tables;

  FromBuilder(ExpressionBuilder expressions) {
    this.expressions = expressions;
  }

  List<Query.FromItem> items(List<DistDbSqlParser.FromItemContext> contexts) {
    List<Query.FromItem> items = new ArrayList<>(contexts.size());
    contexts.forEach(context -> items.add(item(context)));
    return items;
  }

  private Query.FromItem item(DistDbSqlParser.FromItemContext context) {
    Query.FromItem left = primary(context.fromPrimary());
    for (DistDbSqlParser.JoinedContext joined : context.joined()) {
      Query.FromItem right =
          joined.fromItem() != null ? item(joined.fromItem()) : primary(joined.fromPrimary());
      left =
          new Query.Join(
              left.span().to(Spans.of(joined)),
              type(joined.joinKind()),
              left,
              right,
              condition(joined));
    }
    return left;
  }

  private static Query.JoinType type(DistDbSqlParser.JoinKindContext kind) {
    if (kind == null || kind.INNER() != null) {
      return Query.JoinType.INNER;
    }
    return kind.LEFT() != null
        ? Query.JoinType.LEFT
        : kind.RIGHT() != null ? Query.JoinType.RIGHT : Query.JoinType.FULL;
  }

  private Query.JoinCondition condition(DistDbSqlParser.JoinedContext joined) {
    if (joined.CROSS() != null) {
      return new Query.NoCondition();
    }
    if (joined.NATURAL() != null) {
      return new Query.Natural(Spans.of(joined.NATURAL()));
    }
    DistDbSqlParser.JoinConditionContext condition = joined.joinCondition();
    if (condition.ON() != null) {
      return new Query.On(expressions.build(condition.expression()));
    }
    if (condition.AS() != null) {
      throw Spans.unsupported("an alias for JOIN … USING", condition.AS());
    }
    return new Query.Using(NameBuilder.names(condition.nameList()));
  }

  private Query.FromItem primary(DistDbSqlParser.FromPrimaryContext context) {
    return switch (context) {
      case DistDbSqlParser.TableItemContext table -> table(table);
      case DistDbSqlParser.ParenthesizedItemContext inner -> {
        Query.FromItem item = item(inner.fromItem());
        yield inner.tableAlias() == null ? item : aliased(inner, item);
      }
      case DistDbSqlParser.SubqueryItemContext subquery -> derived(subquery);
      case DistDbSqlParser.FunctionItemContext function ->
          functions(
              function,
              List.of(function.functionCall()),
              function.ORDINALITY() != null,
              function.tableAlias());
      case DistDbSqlParser.RowsFromItemContext rows ->
          functions(rows, rows.functionCall(), rows.ORDINALITY() != null, rows.tableAlias());
      default -> throw Invariant.unreachable("no such item of FROM");
    };
  }

  /** {@code (a JOIN b) AS j} is {@code (SELECT * FROM a JOIN b) AS j}. */
  private static Query.FromItem aliased(
      DistDbSqlParser.ParenthesizedItemContext context, Query.FromItem item) {
    SourceSpan span = Spans.of(context);
    Query.Select all =
        new Query.Select(
            span,
            false,
            List.of(),
            List.of(new Query.Star(span, Optional.empty())),
            List.of(item),
            Optional.empty(),
            List.of(),
            false,
            Optional.empty(),
            List.of());
    return new Query.Derived(
        span,
        new Query(span, all),
        false,
        alias(context.tableAlias()),
        columns(context.tableAlias()));
  }

  private Query.FromItem table(DistDbSqlParser.TableItemContext context) {
    if (context.TABLESAMPLE() != null) {
      throw Spans.unsupported("TABLESAMPLE", context.TABLESAMPLE());
    }
    if (context.ONLY() != null) {
      throw Spans.unsupported("ONLY", context.ONLY());
    }
    count(context);
    return new Query.TableReference(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        alias(context.tableAlias()),
        columns(context.tableAlias()));
  }

  private Query.FromItem derived(DistDbSqlParser.SubqueryItemContext context) {
    count(context);
    return new Query.Derived(
        Spans.of(context),
        expressions.build(context.subquery()),
        context.LATERAL() != null,
        alias(context.tableAlias()),
        columns(context.tableAlias()));
  }

  private void count(DistDbSqlParser.FromPrimaryContext context) {
    if (++tables > SyntaxLimits.JOINS_MAX) {
      throw SyntaxLimits.tooManyJoins(Spans.of(context));
    }
  }

  private static Optional<Name> alias(DistDbSqlParser.TableAliasContext context) {
    return Optional.ofNullable(context).map(alias -> NameBuilder.name(alias.name()));
  }

  private static List<Name> columns(DistDbSqlParser.TableAliasContext context) {
    return context == null || context.nameList() == null
        ? List.of()
        : NameBuilder.names(context.nameList());
  }

  private Query.FromItem functions(
      DistDbSqlParser.FromPrimaryContext context,
      List<DistDbSqlParser.FunctionCallContext> calls,
      boolean ordinality,
      DistDbSqlParser.TableAliasContext aliases) {
    if (++tables > SyntaxLimits.JOINS_MAX) {
      throw SyntaxLimits.tooManyJoins(Spans.of(context));
    }
    CallBuilder builder = new CallBuilder(expressions);
    List<Expr.Call> functions = new ArrayList<>(calls.size());
    for (DistDbSqlParser.FunctionCallContext call : calls) {
      if (!(builder.build(call) instanceof Expr.Call function)) {
        throw Spans.syntaxError(call);
      }
      functions.add(function);
    }
    Optional<Name> alias =
        Optional.ofNullable(aliases).map(written -> NameBuilder.name(written.name()));
    List<Name> columns =
        aliases == null || aliases.nameList() == null
            ? List.of()
            : NameBuilder.names(aliases.nameList());
    return new Query.FunctionItem(Spans.of(context), functions, ordinality, alias, columns);
  }
}
