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

/** One SELECT, from its list to its WINDOW clause; TABLE, which is short for one. */
final class SelectBuilder {
  private final ExpressionBuilder expressions;
  private final FromBuilder from;
  private final WindowBuilder windows;

  SelectBuilder(ExpressionBuilder expressions) {
    this.expressions = expressions;
    this.from = new FromBuilder(expressions);
    this.windows = new WindowBuilder(expressions);
  }

  Query.Select build(DistDbSqlParser.SelectContext context) {
    if (context.selectItems() == null && context.distinct() != null) {
      throw Spans.unsupported("SELECT without columns", context.SELECT());
    }
    List<Expr> distinctOn =
        context.distinct() != null && context.distinct().ON() != null
            ? expressions.build(context.distinct().expressionList())
            : List.of();
    List<Query.SelectItem> items =
        context.selectItems() == null ? List.of() : items(context.selectItems());
    List<Query.FromItem> tables = from.items(context.fromItem());
    Optional<Expr> where = Optional.ofNullable(context.where).map(expressions::build);
    List<Query.GroupItem> groupBy = groupBy(context.groupByClause());
    Optional<Expr> having = Optional.ofNullable(context.having).map(expressions::build);
    return new Query.Select(
        Spans.of(context),
        context.distinct() != null,
        distinctOn,
        items,
        tables,
        where,
        groupBy,
        context.groupByClause() != null && context.groupByClause().DISTINCT() != null,
        having,
        context.namedWindow().stream().map(windows::named).toList());
  }

  /** {@code TABLE t} is {@code SELECT * FROM t}. */
  Query.Select table(DistDbSqlParser.TableTermContext context) {
    SourceSpan span = Spans.of(context);
    Query.TableReference table =
        new Query.TableReference(
            Spans.of(context.qualifiedName()),
            NameBuilder.table(context.qualifiedName()),
            Optional.empty(),
            List.of());
    return new Query.Select(
        span,
        false,
        List.of(),
        List.of(new Query.Star(span, Optional.empty())),
        List.of(table),
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        List.of());
  }

  /** {@code SELECT element FROM unnest(array) AS element (element)}. */
  static Query elements(Expr array) {
    SourceSpan span = array.span();
    Name name = new Name(span, "element");
    Expr.Call unnest = new Expr.Call(span, new Name(span, "unnest"), List.of(array), false, false);
    Query.Select all =
        new Query.Select(
            span,
            false,
            List.of(),
            List.of(
                new Query.Item(
                    span, new Expr.Column(span, Optional.empty(), name), Optional.empty())),
            List.of(
                new Query.FunctionItem(
                    span, List.of(unnest), false, Optional.of(name), List.of(name))),
            Optional.empty(),
            List.of(),
            false,
            Optional.empty(),
            List.of());
    return new Query(span, all);
  }

  List<Query.FromItem> from(List<DistDbSqlParser.FromItemContext> contexts) {
    return from.items(contexts);
  }

  List<Query.SelectItem> items(DistDbSqlParser.SelectItemsContext context) {
    List<Query.SelectItem> items = new ArrayList<>(context.selectItem().size());
    for (DistDbSqlParser.SelectItemContext item : context.selectItem()) {
      items.add(
          switch (item) {
            case DistDbSqlParser.StarContext star ->
                new Query.Star(Spans.of(star), Optional.empty());
            case DistDbSqlParser.TableStarContext star ->
                new Query.Star(
                    Spans.of(star),
                    star.name().size() > 1
                        ? Optional.of(NameBuilder.name(star.name(0)))
                        : Optional.empty(),
                    Optional.of(NameBuilder.name(star.name().getLast())));
            case DistDbSqlParser.FieldsStarContext star ->
                new Query.FieldsStar(Spans.of(star), expressions.build(star.expression()));
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

  // --- GROUP BY ---

  private List<Query.GroupItem> groupBy(DistDbSqlParser.GroupByClauseContext context) {
    return context == null ? List.of() : groupItems(context.groupItem());
  }

  private List<Query.GroupItem> groupItems(List<DistDbSqlParser.GroupItemContext> contexts) {
    List<Query.GroupItem> items = new ArrayList<>(contexts.size());
    contexts.forEach(context -> items.add(groupItem(context)));
    return items;
  }

  private Query.GroupItem groupItem(DistDbSqlParser.GroupItemContext context) {
    SourceSpan span = Spans.of(context);
    if (context.GROUPING() != null) {
      expressions.enter(1, context);
      List<Query.GroupItem> items = groupItems(context.groupItem());
      expressions.leave(1);
      return new Query.GroupSets(span, Query.GroupKind.SETS, items);
    }
    if (context.expressionList() != null) {
      List<Query.GroupItem> items = new ArrayList<>();
      context.expressionList().expression().forEach(item -> items.add(keys(item)));
      Query.GroupKind kind =
          context.ROLLUP() != null ? Query.GroupKind.ROLLUP : Query.GroupKind.CUBE;
      return new Query.GroupSets(span, kind, items);
    }
    return context.expression() == null
        ? new Query.GroupKeys(span, List.of())
        : keys(context.expression());
  }

  /** {@code (a, b)} looks like a row; here it is several keys. */
  private Query.GroupKeys keys(DistDbSqlParser.ExpressionContext context) {
    if (context instanceof DistDbSqlParser.PlainContext plain
        && plain.arithmetic() instanceof DistDbSqlParser.OperandContext operand
        && operand.primary() instanceof DistDbSqlParser.ParenthesizedContext list
        && list.expression().size() > 1) {
      List<Expr> keys = new ArrayList<>();
      list.expression().forEach(key -> keys.add(expressions.build(key)));
      return new Query.GroupKeys(Spans.of(context), keys);
    }
    return new Query.GroupKeys(Spans.of(context), List.of(expressions.build(context)));
  }
}
