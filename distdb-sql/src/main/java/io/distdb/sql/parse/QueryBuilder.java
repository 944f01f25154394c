// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.NumberText;
import io.distdb.sql.ast.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SELECT and VALUES. */
final class QueryBuilder {
  private final ExpressionBuilder expressions;
  private final FromBuilder from;
  private final Constants constants;

  QueryBuilder(ExpressionBuilder expressions, Constants constants) {
    this.expressions = expressions;
    this.constants = constants;
    this.from = new FromBuilder(expressions);
  }

  Query build(DistDbSqlParser.QueryContext context) {
    refuseWith(context.withClause());
    Query.Body body = term(context.queryTerm());
    List<Query.OrderItem> order = orderBy(context.orderByClause());
    Tail tail = tail(context.queryTail());
    return new Query(Spans.of(context), body, order, tail.limit, tail.offset);
  }

  static void refuseWith(DistDbSqlParser.WithClauseContext with) {
    if (with != null) {
      throw Unsupported.feature(
          with.RECURSIVE() != null ? "WITH RECURSIVE" : "WITH", Spans.of(with.WITH()));
    }
  }

  private Query.Body term(DistDbSqlParser.QueryTermContext context) {
    return switch (context) {
      case DistDbSqlParser.SingleTermContext single -> primary(single.queryPrimary());
      case DistDbSqlParser.UnionContext union ->
          throw Spans.unsupported(
              union.UNION() != null ? "UNION" : "EXCEPT",
              union.UNION() != null ? union.UNION() : union.EXCEPT());
      case DistDbSqlParser.IntersectContext intersect ->
          throw Spans.unsupported("INTERSECT", intersect.INTERSECT());
      default -> throw Invariant.unreachable("no such query");
    };
  }

  private Query.Body primary(DistDbSqlParser.QueryPrimaryContext context) {
    return switch (context) {
      case DistDbSqlParser.SelectTermContext select -> select(select.select());
      case DistDbSqlParser.ValuesTermContext values ->
          new Query.Values(Spans.of(values), rows(values.valuesRow()));
      case DistDbSqlParser.TableTermContext table -> throw Spans.unsupported("TABLE", table);
      case DistDbSqlParser.ParenthesizedQueryContext inner -> parenthesized(inner);
      default -> throw Invariant.unreachable("no such query");
    };
  }

  private Query.Body parenthesized(DistDbSqlParser.ParenthesizedQueryContext context) {
    Query inner = build(context.query());
    if (!inner.orderBy().isEmpty() || inner.limit().isPresent() || inner.offset().isPresent()) {
      throw Spans.unsupported("ORDER BY or LIMIT in a parenthesized query", context);
    }
    return inner.body();
  }

  private List<List<Expr>> rows(List<DistDbSqlParser.ValuesRowContext> contexts) {
    List<List<Expr>> rows = new ArrayList<>(contexts.size());
    for (DistDbSqlParser.ValuesRowContext row : contexts) {
      List<Expr> values = new ArrayList<>(row.valueOrDefault().size());
      row.valueOrDefault().forEach(value -> values.add(expressions.build(value)));
      if (row.subquery() != null) {
        values.add(onlyValue(row.subquery()));
      }
      rows.add(values);
    }
    return rows;
  }

  /** The subquery of {@code VALUES (1), ((SELECT 2))}; without the outer pair it is no row. */
  private Expr onlyValue(DistDbSqlParser.SubqueryContext context) {
    if (context.query().getStart().getType() != DistDbSqlParser.OPEN_QUERY) {
      throw Spans.syntaxError(context.query());
    }
    return new Expr.ScalarSubquery(Spans.of(context), expressions.build(context));
  }

  // --- SELECT ---

  private Query.Select select(DistDbSqlParser.SelectContext context) {
    if (context.INTO() != null) {
      throw Spans.unsupported("SELECT INTO", context.INTO());
    }
    if (context.WINDOW() != null) {
      throw Spans.unsupported("WINDOW", context.WINDOW());
    }
    if (context.distinct() != null && context.distinct().ON() != null) {
      throw Spans.unsupported("DISTINCT ON", context.distinct());
    }
    if (context.selectItems() == null) {
      throw Spans.unsupported("SELECT without columns", context.SELECT());
    }
    List<Query.SelectItem> items = items(context.selectItems());
    List<Query.FromItem> tables = from.items(context.fromItem());
    Optional<Expr> where = Optional.ofNullable(context.where).map(expressions::build);
    List<Expr> groupBy = groupBy(context.groupByClause());
    Optional<Expr> having = Optional.ofNullable(context.having).map(expressions::build);
    return new Query.Select(
        Spans.of(context), context.distinct() != null, items, tables, where, groupBy, having);
  }

  private List<Query.SelectItem> items(DistDbSqlParser.SelectItemsContext context) {
    List<Query.SelectItem> items = new ArrayList<>(context.selectItem().size());
    for (DistDbSqlParser.SelectItemContext item : context.selectItem()) {
      items.add(
          switch (item) {
            case DistDbSqlParser.StarContext star ->
                new Query.Star(Spans.of(star), Optional.empty());
            case DistDbSqlParser.TableStarContext star ->
                new Query.Star(Spans.of(star), Optional.of(NameBuilder.name(star.name())));
            case DistDbSqlParser.ItemContext value ->
                new Query.Item(
                    Spans.of(value), expressions.build(value.expression()), alias(value));
            default -> throw Invariant.unreachable("no such select item");
          });
    }
    return items;
  }

  private static Optional<Name> alias(DistDbSqlParser.ItemContext item) {
    if (item.label() != null) {
      return Optional.of(NameBuilder.name(item.label()));
    }
    return Optional.ofNullable(item.bareLabel()).map(NameBuilder::name);
  }

  private List<Expr> groupBy(DistDbSqlParser.GroupByClauseContext context) {
    if (context == null) {
      return List.of();
    }
    if (context.DISTINCT() != null) {
      throw Spans.unsupported("GROUP BY DISTINCT", context.DISTINCT());
    }
    List<Expr> keys = new ArrayList<>(context.groupItem().size());
    for (DistDbSqlParser.GroupItemContext item : context.groupItem()) {
      if (item.expression() == null) {
        String feature =
            item.ROLLUP() != null ? "ROLLUP" : item.CUBE() != null ? "CUBE" : "GROUPING SETS";
        throw Spans.unsupported(feature, item);
      }
      keys.add(expressions.build(item.expression()));
    }
    return keys;
  }

  // --- after the body ---

  private List<Query.OrderItem> orderBy(DistDbSqlParser.OrderByClauseContext context) {
    if (context == null) {
      return List.of();
    }
    List<Query.OrderItem> items = new ArrayList<>(context.orderItem().size());
    for (DistDbSqlParser.OrderItemContext item : context.orderItem()) {
      if (item.USING() != null) {
        throw Spans.unsupported("ORDER BY … USING", item.USING());
      }
      Optional<Boolean> nullsFirst =
          item.NULLS() == null ? Optional.empty() : Optional.of(item.FIRST() != null);
      items.add(
          new Query.OrderItem(
              expressions.build(item.expression()), item.DESC() != null, nullsFirst));
    }
    return items;
  }

  private record Tail(Optional<Expr> limit, Optional<Expr> offset) {}

  private Tail tail(List<DistDbSqlParser.QueryTailContext> parts) {
    Optional<Expr> limit = Optional.empty();
    Optional<Expr> offset = Optional.empty();
    boolean limited = false;
    for (DistDbSqlParser.QueryTailContext part : parts) {
      switch (part) {
        case DistDbSqlParser.OffsetContext clause -> {
          if (offset.isPresent()) {
            throw Spans.syntaxError(clause);
          }
          offset = Optional.of(expressions.build(clause.expression()));
        }
        case DistDbSqlParser.LockingContext locking ->
            throw Spans.unsupported(locking(locking), locking);
        default -> {
          if (limited) {
            throw Spans.syntaxError(part);
          }
          limited = true;
          limit = limit(part);
        }
      }
    }
    return new Tail(limit, offset);
  }

  private static String locking(DistDbSqlParser.LockingContext context) {
    return context.UPDATE() != null ? "FOR UPDATE" : "FOR SHARE";
  }

  private Optional<Expr> limit(DistDbSqlParser.QueryTailContext context) {
    return switch (context) {
      case DistDbSqlParser.LimitContext limit -> {
        if (limit.COMMA() != null) {
          throw SyntaxErrors.at(Spans.token(limit.COMMA()))
              .withHint("Write LIMIT count OFFSET start.");
        }
        yield limit.ALL() != null
            ? Optional.empty()
            : Optional.of(expressions.build(limit.expression(0)));
      }
      case DistDbSqlParser.FetchContext fetch -> {
        if (fetch.TIES() != null) {
          throw Spans.unsupported("WITH TIES", fetch.TIES());
        }
        yield Optional.of(fetchCount(fetch));
      }
      default -> throw Invariant.unreachable("no such clause");
    };
  }

  private Expr fetchCount(DistDbSqlParser.FetchContext fetch) {
    DistDbSqlParser.FetchCountContext count = fetch.fetchCount();
    if (count == null) {
      return new Expr.NumberConstant(Spans.of(fetch), new NumberText("1", false));
    }
    if (count.expression() != null) {
      return expressions.build(count.expression());
    }
    SqlToken token = Spans.first(count.constant());
    if (count.MINUS() != null && PrimaryBuilder.isNumber(count.constant())) {
      SqlToken minus = Spans.token(count.MINUS());
      Expr number = constants.negativeNumber(minus, token);
      return number != null
          ? number
          : new Expr.Unary(Spans.of(count), minus.span(), "-", constants.number(token));
    }
    if (!PrimaryBuilder.isNumber(count.constant())
        && !token.getText().toLowerCase(Locale.ROOT).matches("\\?|\\$\\d+")) {
      throw SyntaxErrors.at(token);
    }
    return PrimaryBuilder.isNumber(count.constant())
        ? constants.number(token)
        : constants.parameter(token);
  }
}
