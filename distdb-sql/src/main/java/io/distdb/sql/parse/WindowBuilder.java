// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.WindowFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Windows: OVER and the WINDOW clause; and ORDER BY, wherever it stands. */
final class WindowBuilder {
  private final ExpressionBuilder expressions;

  WindowBuilder(ExpressionBuilder expressions) {
    this.expressions = expressions;
  }

  Query.NamedWindow named(DistDbSqlParser.NamedWindowContext context) {
    return new Query.NamedWindow(
        NameBuilder.name(context.name()), specification(context.windowSpecification()));
  }

  Query.Window over(DistDbSqlParser.OverClauseContext context) {
    if (context.windowSpecification() != null) {
      return specification(context.windowSpecification());
    }
    return new Query.Window(
        Spans.of(context.name()),
        Optional.of(NameBuilder.name(context.name())),
        false,
        List.of(),
        List.of(),
        Optional.empty());
  }

  private Query.Window specification(DistDbSqlParser.WindowSpecificationContext context) {
    return new Query.Window(
        Spans.of(context),
        Optional.ofNullable(context.name()).map(NameBuilder::name),
        true,
        context.expressionList() == null ? List.of() : expressions.build(context.expressionList()),
        orderBy(context.orderByClause(), expressions),
        Optional.ofNullable(context.frameClause()).map(this::frame));
  }

  private Query.Frame frame(DistDbSqlParser.FrameClauseContext context) {
    WindowFrame.Unit unit =
        context.ROWS() != null
            ? WindowFrame.Unit.ROWS
            : context.RANGE() != null ? WindowFrame.Unit.RANGE : WindowFrame.Unit.GROUPS;
    return new Query.Frame(
        Spans.of(context),
        unit,
        bound(context.frameBound(0)),
        context.BETWEEN() == null ? Optional.empty() : Optional.of(bound(context.frameBound(1))),
        exclusion(context.frameExclusion()));
  }

  private Query.FrameBound bound(DistDbSqlParser.FrameBoundContext context) {
    Optional<Expr> offset = Optional.ofNullable(context.arithmetic()).map(expressions::build);
    WindowFrame.BoundKind kind;
    if (context.CURRENT() != null) {
      kind = WindowFrame.BoundKind.CURRENT_ROW;
    } else if (context.PRECEDING() != null) {
      kind =
          offset.isPresent()
              ? WindowFrame.BoundKind.PRECEDING
              : WindowFrame.BoundKind.UNBOUNDED_PRECEDING;
    } else {
      kind =
          offset.isPresent()
              ? WindowFrame.BoundKind.FOLLOWING
              : WindowFrame.BoundKind.UNBOUNDED_FOLLOWING;
    }
    return new Query.FrameBound(Spans.of(context), kind, offset);
  }

  private static WindowFrame.Exclusion exclusion(DistDbSqlParser.FrameExclusionContext context) {
    if (context == null || context.OTHERS() != null) {
      return WindowFrame.Exclusion.NO_OTHERS;
    }
    if (context.CURRENT() != null) {
      return WindowFrame.Exclusion.CURRENT_ROW;
    }
    return context.GROUP() != null ? WindowFrame.Exclusion.GROUP : WindowFrame.Exclusion.TIES;
  }

  /** None without a clause. */
  static List<Query.OrderItem> orderBy(
      DistDbSqlParser.OrderByClauseContext context, ExpressionBuilder expressions) {
    if (context == null) {
      return List.of();
    }
    List<Query.OrderItem> items = new ArrayList<>(context.orderItem().size());
    for (DistDbSqlParser.OrderItemContext item : context.orderItem()) {
      if (item.OPERATOR() != null) {
        throw Spans.unsupported("ORDER BY … USING an operator other than < and >", item.USING());
      }
      Optional<Boolean> nullsFirst =
          item.NULLS() == null ? Optional.empty() : Optional.of(item.FIRST() != null);
      boolean descending = item.DESC() != null || item.GREATER() != null;
      items.add(new Query.OrderItem(expressions.build(item.expression()), descending, nullsFirst));
    }
    return items;
  }
}
