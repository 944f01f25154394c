// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.WindowFrame.BoundKind;
import io.distdb.sql.ast.WindowFrame.Unit;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import java.util.List;
import java.util.Optional;

/** ROWS, RANGE and GROUPS (PostgreSQL documentation, 4.2.8). */
final class FrameClause {
  private final StatementContext context;
  private final ExpressionAnalyzer expressions;
  private final List<Relation.Ordered> order;

  /**
   * @param expressions of the window's clauses
   */
  FrameClause(
      StatementContext context, ExpressionAnalyzer expressions, List<Relation.Ordered> order) {
    this.context = context;
    this.expressions = expressions;
    this.order = order;
  }

  Relation.Frame analyze(Query.Frame frame) {
    checkKinds(frame);
    if (frame.unit() == Unit.GROUPS && order.isEmpty()) {
      throw WindowAnalyzer.windowing("GROUPS mode requires an ORDER BY clause", frame.span());
    }
    Relation.Bound start = bound(frame, frame.start());
    Relation.Bound end =
        frame
            .end()
            .map(bound -> bound(frame, bound))
            .orElse(Relation.Bound.of(BoundKind.CURRENT_ROW));
    return new Relation.Frame(frame.unit(), start, end, frame.exclusion());
  }

  private static void checkKinds(Query.Frame frame) {
    BoundKind start = frame.start().kind();
    BoundKind end = frame.end().map(Query.FrameBound::kind).orElse(BoundKind.CURRENT_ROW);
    String wrong = null;
    if (start == BoundKind.UNBOUNDED_FOLLOWING) {
      wrong = "frame start cannot be UNBOUNDED FOLLOWING";
    } else if (end == BoundKind.UNBOUNDED_PRECEDING) {
      wrong = "frame end cannot be UNBOUNDED PRECEDING";
    } else if (start == BoundKind.CURRENT_ROW && end == BoundKind.PRECEDING) {
      wrong = "frame starting from current row cannot have preceding rows";
    } else if (start == BoundKind.FOLLOWING
        && (end == BoundKind.PRECEDING || end == BoundKind.CURRENT_ROW)) {
      wrong =
          frame.end().isEmpty()
              ? "frame starting from following row cannot end with current row"
              : "frame starting from following row cannot have preceding rows";
    }
    if (wrong != null) {
      throw WindowAnalyzer.windowing(wrong, frame.span());
    }
  }

  private Relation.Bound bound(Query.Frame frame, Query.FrameBound bound) {
    if (bound.offset().isEmpty()) {
      return Relation.Bound.of(bound.kind());
    }
    if (frame.unit() != Unit.RANGE) {
      Expression offset =
          new LimitClause(context, Optional.empty())
              .rows(bound.offset().get(), frame.unit().name());
      return new Relation.Bound(bound.kind(), Optional.of(offset), Optional.empty());
    }
    if (order.size() != 1) {
      throw WindowAnalyzer.windowing(
          "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
          frame.span());
    }
    return range(bound, order.getFirst());
  }

  /**
   * Numbers are added to by the executor, which knows no overflow there; other types by operator.
   */
  private Relation.Bound range(Query.FrameBound bound, Relation.Ordered key) {
    ExpressionAnalyzer constants =
        new ExpressionAnalyzer(
            context, Scope.EMPTY, AggregateCollector.forbiddenIn(context, "RANGE"));
    Operand offset = constants.operand(bound.offset().get());
    Optional<SqlType> plain = plainType(key.expression().type());
    if (plain.isPresent()) {
      Expression converted =
          constants
              .coercion()
              .convert(offset, plain.get(), CastStrength.IMPLICIT)
              .orElseThrow(() -> unsupported(bound, key, offset));
      Operand keyOperand = new Operand.Typed(bound.span(), key.expression());
      Expression wide = constants.coercion().explicit(keyOperand, plain.get(), bound.span());
      return new Relation.Bound(
          bound.kind(),
          Optional.of(converted),
          Optional.of(new Relation.RangeLimit(wide, Optional.empty())));
    }
    Operand moved =
        offset.isUnknown() && isTime(key.expression().type())
            ? ExpressionAnalyzer.typed(
                bound.offset().get(),
                constants.coercion().explicit(offset, SqlType.INTERVAL, bound.span()))
            : offset;
    return range(bound, key, moved, constants);
  }

  /** Dates and times move by intervals. */
  private static boolean isTime(SqlType type) {
    return List.of(
            SqlType.DATE, SqlType.TIME, SqlType.TIMESTAMP, SqlType.TIMESTAMPTZ, SqlType.INTERVAL)
        .contains(type.unmodified());
  }

  private Relation.Bound range(
      Query.FrameBound bound, Relation.Ordered key, Operand offset, ExpressionAnalyzer constants) {
    boolean back = (bound.kind() == BoundKind.PRECEDING) != key.descending();
    Operand keyOperand = new Operand.Typed(bound.span(), key.expression());
    Expression limit;
    try {
      limit =
          expressions.operators().call(back ? "-" : "+", List.of(keyOperand, offset), bound.span());
    } catch (DistDbException noOperator) {
      throw unsupported(bound, key, offset);
    }
    Expression comparand =
        expressions
            .coercion()
            .convert(keyOperand, limit.type(), CastStrength.IMPLICIT)
            .orElseThrow(() -> unsupported(bound, key, offset));
    return new Relation.Bound(
        bound.kind(),
        Optional.of(constants.coercion().settle(offset)),
        Optional.of(new Relation.RangeLimit(comparand, Optional.of(limit))));
  }

  private static Optional<SqlType> plainType(SqlType type) {
    if (type.equals(SqlType.SMALLINT)
        || type.equals(SqlType.INTEGER)
        || type.equals(SqlType.BIGINT)) {
      return Optional.of(SqlType.BIGINT);
    }
    return type.equals(SqlType.DOUBLE_PRECISION) || type.equals(SqlType.REAL)
        ? Optional.of(SqlType.DOUBLE_PRECISION)
        : Optional.empty();
  }

  private static DistDbException unsupported(
      Query.FrameBound bound, Relation.Ordered key, Operand offset) {
    return new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED,
            "RANGE with offset PRECEDING/FOLLOWING is not supported for column type "
                + key.expression().type().sqlName()
                + " and offset type "
                + offset.typeName())
        .at(bound.span().position());
  }
}
