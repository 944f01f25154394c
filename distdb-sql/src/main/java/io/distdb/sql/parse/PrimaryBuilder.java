// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TypeName;
import io.distdb.sql.parse.DistDbSqlParser.PrimaryContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What operators are applied to: constants, columns, calls, CASE, parentheses. */
final class PrimaryBuilder {
  private final ExpressionBuilder expressions;
  private final CallBuilder calls;
  private final Constants constants;

  PrimaryBuilder(ExpressionBuilder expressions, Constants constants) {
    this.expressions = expressions;
    this.constants = constants;
    this.calls = new CallBuilder(expressions);
  }

  static boolean isNumber(DistDbSqlParser.ConstantContext constant) {
    return constant.INTEGER_NUMBER() != null || constant.DECIMAL_NUMBER() != null;
  }

  Expr build(PrimaryContext context) {
    return switch (context) {
      case DistDbSqlParser.ConstantValueContext constant -> constant(constant.constant());
      case DistDbSqlParser.ColumnContext column -> column(column.columnReference());
      case DistDbSqlParser.TypedConstantContext typed -> typedConstant(typed);
      case DistDbSqlParser.CallContext call -> calls.build(call.functionCall());
      case DistDbSqlParser.ParenthesizedContext inner -> parenthesized(inner);
      case DistDbSqlParser.CaseExpressionContext choice -> choice(choice);
      case DistDbSqlParser.CastCallContext cast ->
          new Expr.Cast(
              Spans.of(cast),
              expressions.build(cast.expression()),
              NameBuilder.type(cast.typeName()));
      case DistDbSqlParser.CoalesceContext coalesce ->
          new Expr.Coalesce(Spans.of(coalesce), expressions.build(coalesce.expressionList()));
      case DistDbSqlParser.NullIfContext nullIf ->
          new Expr.NullIf(
              Spans.of(nullIf),
              expressions.build(nullIf.expression(0)),
              expressions.build(nullIf.expression(1)));
      case DistDbSqlParser.PositionContext position -> calls.position(position);
      case DistDbSqlParser.SpecialCallContext call when call.GROUPING() != null ->
          calls.grouping(call);
      case DistDbSqlParser.SpecialCallContext call -> new KeywordCalls(expressions).special(call);
      case DistDbSqlParser.SessionValueContext value ->
          new KeywordCalls(expressions).sessionValue(value, constants);
      case DistDbSqlParser.ExistsContext exists ->
          new Expr.Exists(Spans.of(exists), expressions.build(exists.subquery()));
      case DistDbSqlParser.ScalarSubqueryContext scalar ->
          fields(
              new Expr.ScalarSubquery(
                  Spans.of(scalar.subquery()), expressions.build(scalar.subquery())),
              scalar.label());
      case DistDbSqlParser.ArrayConstructorContext array when array.subquery() != null ->
          new Expr.ArraySubquery(Spans.of(array), expressions.build(array.subquery()));
      case DistDbSqlParser.ArrayConstructorContext array ->
          array(array.arrayItems(), Spans.of(array));
      case DistDbSqlParser.RowConstructorContext row -> row(row);
      default -> throw unknown(context);
    };
  }

  private static Invariant.InvariantViolation unknown(PrimaryContext context) {
    return Invariant.unreachable("no such operand: " + context.getClass().getSimpleName());
  }

  Expr constant(DistDbSqlParser.ConstantContext context) {
    SqlToken token = Spans.first(context);
    if (isNumber(context)) {
      return constants.number(token);
    }
    if (context.STRING() != null) {
      return constants.string(token);
    }
    if (context.NULL() != null) {
      return new Expr.Null(token.span());
    }
    if (context.BIT_STRING() != null) {
      throw Spans.unsupported("a bit string", context);
    }
    return context.TRUE() != null || context.FALSE() != null
        ? new Expr.BooleanConstant(token.span(), context.TRUE() != null)
        : constants.parameter(token);
  }

  private static Expr column(DistDbSqlParser.ColumnReferenceContext context) {
    Name first = NameBuilder.name(context.name());
    List<DistDbSqlParser.LabelContext> more = context.label();
    return switch (more.size()) {
      case 0 -> new Expr.Column(first.span(), Optional.empty(), first);
      case 1 ->
          new Expr.Column(Spans.of(context), Optional.of(first), NameBuilder.name(more.getFirst()));
      case 2 ->
          new Expr.Column(
              Spans.of(context),
              Optional.of(first),
              Optional.of(NameBuilder.name(more.getFirst())),
              NameBuilder.name(more.getLast()));
      default -> throw Spans.unsupported("a column name with more than three parts", context);
    };
  }

  private Expr typedConstant(DistDbSqlParser.TypedConstantContext context) {
    SqlToken text = Spans.token(context.STRING());
    TypeName type =
        new TypeName(
            Spans.of(context.typedConstantName()),
            NameBuilder.words(context.typedConstantName()),
            List.of(),
            false);
    Expr value =
        context.INTERVAL_FIELD().isEmpty()
            ? constants.string(text)
            : IntervalConstant.of(text, context.INTERVAL_FIELD());
    return new Expr.Cast(Spans.of(context), value, type);
  }

  private Expr parenthesized(DistDbSqlParser.ParenthesizedContext context) {
    Expr inner =
        context.expression().size() == 1
            ? expressions.build(context.expression(0))
            : new Expr.Row(Spans.of(context), all(context.expression()));
    return fields(inner, context.label());
  }

  /** {@code (row).field.field}. */
  private Expr fields(Expr row, List<DistDbSqlParser.LabelContext> names) {
    Expr result = row;
    for (DistDbSqlParser.LabelContext name : names) {
      expressions.enter(1, name);
      result = new Expr.Field(row.span().to(Spans.of(name)), result, NameBuilder.name(name));
    }
    names.forEach(name -> expressions.leave(1));
    return result;
  }

  private Expr array(DistDbSqlParser.ArrayItemsContext context, SourceSpan span) {
    expressions.enter(1, context);
    List<Expr> items = new ArrayList<>(context.arrayItem().size());
    for (DistDbSqlParser.ArrayItemContext item : context.arrayItem()) {
      items.add(
          item.arrayItems() != null
              ? array(item.arrayItems(), Spans.of(item))
              : expressions.build(item.expression()));
    }
    expressions.leave(1);
    return new Expr.Array(span, items);
  }

  private Expr row(DistDbSqlParser.RowConstructorContext context) {
    return new Expr.Row(
        Spans.of(context),
        context.expressionList() == null ? List.of() : expressions.build(context.expressionList()));
  }

  private List<Expr> all(List<DistDbSqlParser.ExpressionContext> contexts) {
    List<Expr> built = new ArrayList<>(contexts.size());
    contexts.forEach(context -> built.add(expressions.build(context)));
    return built;
  }

  private Expr choice(DistDbSqlParser.CaseExpressionContext context) {
    Optional<Expr> operand = Optional.ofNullable(context.operand).map(expressions::build);
    List<Expr.When> whens = new ArrayList<>(context.caseWhen().size());
    for (DistDbSqlParser.CaseWhenContext when : context.caseWhen()) {
      whens.add(
          new Expr.When(
              expressions.build(when.expression(0)), expressions.build(when.expression(1))));
    }
    Optional<Expr> otherwise = Optional.ofNullable(context.otherwise).map(expressions::build);
    SourceSpan span = Spans.of(context);
    return new Expr.Case(span, operand, whens, otherwise);
  }
}
