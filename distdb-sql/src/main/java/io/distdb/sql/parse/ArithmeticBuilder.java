// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.parse.DistDbSqlParser.ArithmeticContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/** The lower tier of expressions: operators that bind tighter than predicates, and casts. */
final class ArithmeticBuilder {
  private final ExpressionBuilder expressions;
  private final PrimaryBuilder primaries;
  private final Constants constants;

  ArithmeticBuilder(ExpressionBuilder expressions, Constants constants) {
    this.expressions = expressions;
    this.constants = constants;
    this.primaries = new PrimaryBuilder(expressions, constants);
  }

  /** Walks chains as {@link ExpressionBuilder} does. */
  Expr build(ArithmeticContext context) {
    Deque<ArithmeticContext> spine = new ArrayDeque<>();
    ArithmeticContext at = context;
    for (ArithmeticContext left = left(at); left != null; left = left(at)) {
      spine.push(at);
      at = left;
    }
    int levels = spine.size() + 1;
    expressions.enter(levels, context);
    Expr result = leaf(at);
    while (!spine.isEmpty()) {
      result = combine(spine.pop(), result);
    }
    expressions.leave(levels);
    return result;
  }

  private static ArithmeticContext left(ArithmeticContext context) {
    return switch (context) {
      case DistDbSqlParser.TypecastContext cast -> cast.arithmetic();
      case DistDbSqlParser.SubscriptContext subscript -> subscript.arithmetic();
      case DistDbSqlParser.CollateContext collate -> collate.arithmetic();
      case DistDbSqlParser.AtTimeZoneContext zone -> zone.arithmetic(0);
      case DistDbSqlParser.PowerContext power -> power.arithmetic(0);
      case DistDbSqlParser.MultiplicativeContext product -> product.arithmetic(0);
      case DistDbSqlParser.AdditiveContext sum -> sum.arithmetic(0);
      case DistDbSqlParser.QuantifiedOperatorContext quantified -> quantified.arithmetic();
      case DistDbSqlParser.OtherOperatorContext other -> other.arithmetic(0);
      default -> null;
    };
  }

  private Expr leaf(ArithmeticContext context) {
    return switch (context) {
      case DistDbSqlParser.OperandContext operand -> primaries.build(operand.primary());
      case DistDbSqlParser.SignContext sign -> sign(sign);
      case DistDbSqlParser.PrefixOperatorContext prefix ->
          new Expr.Unary(
              Spans.of(prefix),
              Spans.of(prefix.namedOperator()),
              symbol(prefix.namedOperator()),
              build(prefix.arithmetic()));
      default -> throw unknown(context);
    };
  }

  private Expr sign(DistDbSqlParser.SignContext context) {
    TerminalNode sign = context.MINUS() != null ? context.MINUS() : context.PLUS();
    if (context.MINUS() != null
        && context.arithmetic() instanceof DistDbSqlParser.OperandContext operand
        && operand.primary() instanceof DistDbSqlParser.ConstantValueContext constant
        && PrimaryBuilder.isNumber(constant.constant())) {
      Expr number = constants.negativeNumber(Spans.token(sign), Spans.first(constant.constant()));
      if (number != null) {
        return number;
      }
    }
    return new Expr.Unary(
        Spans.of(context), Spans.of(sign), sign.getText(), build(context.arithmetic()));
  }

  private Expr combine(ArithmeticContext context, Expr left) {
    return switch (context) {
      case DistDbSqlParser.TypecastContext cast ->
          new Expr.Cast(Spans.of(cast), left, NameBuilder.type(cast.typeName()));
      case DistDbSqlParser.PowerContext power ->
          binary(power, power.CARET(), left, power.arithmetic(1));
      case DistDbSqlParser.MultiplicativeContext product ->
          binary(product, (TerminalNode) product.getChild(1), left, product.arithmetic(1));
      case DistDbSqlParser.AdditiveContext sum ->
          binary(sum, (TerminalNode) sum.getChild(1), left, sum.arithmetic(1));
      case DistDbSqlParser.QuantifiedOperatorContext quantified ->
          Quantifiers.build(quantified, symbol(quantified.namedOperator()), left, expressions);
      case DistDbSqlParser.OtherOperatorContext other ->
          new Expr.Binary(
              Spans.of(other),
              Spans.of(other.namedOperator()),
              symbol(other.namedOperator()),
              left,
              build(other.arithmetic(1)));
      case DistDbSqlParser.SubscriptContext subscript -> subscript(subscript, left);
      case DistDbSqlParser.CollateContext collate -> {
        Collations.check(collate.collation());
        yield left;
      }
      case DistDbSqlParser.AtTimeZoneContext zone ->
          KeywordCalls.call("timezone", zone, List.of(build(zone.arithmetic(1)), left));
      default -> throw unknown(context);
    };
  }

  private Expr subscript(DistDbSqlParser.SubscriptContext context, Expr operand) {
    DistDbSqlParser.BoundsContext bounds = context.bounds();
    boolean slice = bounds.COLON() != null;
    Expr.Bounds built =
        new Expr.Bounds(
            Optional.ofNullable(slice ? bounds.lower : bounds.expression(0))
                .map(expressions::build),
            Optional.ofNullable(bounds.upper).map(expressions::build),
            slice);
    if (!(operand instanceof Expr.Subscript inner)
        || context.arithmetic() instanceof DistDbSqlParser.OperandContext) {
      return new Expr.Subscript(Spans.of(context), operand, List.of(built));
    }
    List<Expr.Bounds> all = new ArrayList<>(inner.bounds());
    all.add(built);
    return new Expr.Subscript(Spans.of(context), inner.operand(), all);
  }

  /** {@code ~}, also of {@code OPERATOR(pg_catalog.~)}. */
  private static String symbol(DistDbSqlParser.NamedOperatorContext context) {
    if (context.OPERATOR() != null) {
      return context.OPERATOR().getText();
    }
    List<DistDbSqlParser.NameContext> schema = context.name();
    if (schema.size() > 1
        || !schema.isEmpty() && !NameBuilder.name(schema.getFirst()).text().equals("pg_catalog")) {
      throw Spans.unsupported("an operator in a schema other than pg_catalog", context);
    }
    String written = context.operatorSymbol().getText();
    return written.equals("!=") ? "<>" : written;
  }

  private Expr binary(
      ArithmeticContext context, TerminalNode operator, Expr left, ArithmeticContext right) {
    SourceSpan span = Spans.of(context);
    return new Expr.Binary(span, Spans.of(operator), operator.getText(), left, build(right));
  }

  private static Invariant.InvariantViolation unknown(ArithmeticContext context) {
    return Invariant.unreachable("no such operator: " + context.getClass().getSimpleName());
  }
}
