// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** IS, BETWEEN, IN, LIKE. */
final class PredicateAnalyzer {
  private final ExpressionAnalyzer expressions;

  PredicateAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  private static Operand result(Expr expr, Expression test, boolean negated) {
    return ExpressionAnalyzer.typed(expr, negated ? new Expression.Not(test) : test);
  }

  Operand isNull(Expr.IsNull test) {
    if (test.operand() instanceof Expr.Row row) {
      return result(test, expressions.rows().isNull(row, test.negated()), false);
    }
    Operand operand = expressions.operand(test.operand());
    Expression value = expressions.coercion().settle(operand);
    return value.type() instanceof RowType
        ? result(test, RowValues.isNull(value, test.negated()), false)
        : result(test, new Expression.IsNull(value), test.negated());
  }

  Operand isTruth(Expr.IsTruth test) {
    String word = test.expected().map(expected -> expected ? "TRUE" : "FALSE").orElse("UNKNOWN");
    String clause = "IS " + (test.negated() ? "NOT " : "") + word;
    Expression operand = expressions.condition(test.operand(), clause);
    if (test.expected().isEmpty()) {
      return result(test, new Expression.IsNull(operand), test.negated());
    }
    Expression literal = new Expression.Literal(Value.of(test.expected().get()), SqlType.BOOLEAN);
    Comparison comparison =
        test.negated() ? Comparison.DISTINCT_FROM : Comparison.NOT_DISTINCT_FROM;
    return result(test, new Expression.Compare(comparison, operand, literal), false);
  }

  Operand isDistinct(Expr.IsDistinct test) {
    Comparison comparison =
        test.negated() ? Comparison.NOT_DISTINCT_FROM : Comparison.DISTINCT_FROM;
    if (RowAnalyzer.isRow(test.left()) || RowAnalyzer.isRow(test.right())) {
      Expression rows =
          expressions.rows().compare(comparison, test.left(), test.right(), test.operatorSpan());
      return result(test, rows, false);
    }
    Expression compare =
        expressions
            .operators()
            .compare(
                comparison,
                expressions.operand(test.left()),
                expressions.operand(test.right()),
                test.operatorSpan());
    return result(test, compare, false);
  }

  /** {@code a >= low AND a <= high}. */
  Operand between(Expr.Between between) {
    Operand operand = expressions.operand(between.operand());
    Operand low = expressions.operand(between.low());
    Operand high = expressions.operand(between.high());
    SourceSpan span = between.operatorSpan();
    Expression forward = range(operand, low, high, span);
    Expression test =
        between.symmetric()
            ? new Expression.Or(List.of(forward, range(operand, high, low, span)))
            : forward;
    return result(between, test, between.negated());
  }

  /** The bound that has a type decides first: {@code NULL BETWEEN NULL AND 3} is about integers. */
  private Expression range(Operand operand, Operand low, Operand high, SourceSpan span) {
    OperatorAnalyzer operators = expressions.operators();
    if (low.type() != null || high.type() == null) {
      Expression above = operators.compare(Comparison.GREATER_OR_EQUAL, operand, low, span);
      Operand same = settled(operand, above);
      Expression below = operators.compare(Comparison.LESS_OR_EQUAL, same, high, span);
      return new Expression.And(List.of(above, below));
    }
    Expression below = operators.compare(Comparison.LESS_OR_EQUAL, operand, high, span);
    Operand same = settled(operand, below);
    Expression above = operators.compare(Comparison.GREATER_OR_EQUAL, same, low, span);
    return new Expression.And(List.of(above, below));
  }

  /** A constant or parameter keeps the type that the first comparison gave it. */
  private static Operand settled(Operand operand, Expression comparison) {
    return !(operand instanceof Operand.Typed) && comparison instanceof Expression.Compare compare
        ? new Operand.Typed(operand.span(), compare.left())
        : operand;
  }

  /** All in one type where there is one; else the first pair that has none is named. */
  Operand in(Expr.InList in) {
    if (RowAnalyzer.isRow(in.operand()) || in.items().stream().anyMatch(RowAnalyzer::isRow)) {
      return rowIn(in);
    }
    List<Operand> all = new ArrayList<>(in.items().size() + 1);
    all.add(expressions.operand(in.operand()));
    all.addAll(expressions.operands(in.items()));
    Optional<SqlType> common = CommonType.of(all);
    if (common.isEmpty()) {
      throw mismatch(in, all);
    }
    List<Expression> converted = new ArrayList<>(all.size());
    for (Operand operand : all) {
      converted.add(
          expressions
              .coercion()
              .convert(operand, common.get(), CastStrength.IMPLICIT)
              .orElseThrow(() -> mismatch(in, all)));
    }
    Expression test =
        new Expression.In(converted.getFirst(), converted.subList(1, converted.size()));
    return result(in, test, in.negated());
  }

  /** {@code (a, b) IN ((1, 2), (3, 4))}: equal to one of them. */
  private Operand rowIn(Expr.InList in) {
    List<Expression> tests = new ArrayList<>(in.items().size());
    for (Expr item : in.items()) {
      tests.add(
          expressions.rows().compare(Comparison.EQUAL, in.operand(), item, in.operatorSpan()));
    }
    return result(in, RowAnalyzer.any(tests), in.negated());
  }

  private RuntimeException mismatch(Expr.InList in, List<Operand> all) {
    Operand operand = all.getFirst();
    for (Operand item : all.subList(1, all.size())) {
      expressions.operators().compare(Comparison.EQUAL, operand, item, in.operatorSpan());
    }
    // the operand is unknown and fits each item, but the items do not fit each other
    for (Operand item : all.subList(2, all.size())) {
      expressions.operators().compare(Comparison.EQUAL, all.get(1), item, in.operatorSpan());
    }
    throw Invariant.unreachable("IN list without a common type");
  }

  Operand like(Expr.Like like) {
    Operand operand = expressions.operand(like.operand());
    Operand pattern = expressions.operand(like.pattern());
    if (like.escape().isPresent()) {
      pattern = escaped(like, pattern, expressions.operand(like.escape().get()));
    }
    String symbol = like.ignoreCase() ? "~~*" : "~~";
    Expression test =
        expressions.operators().call(symbol, List.of(operand, pattern), like.operatorSpan());
    return result(like, test, like.negated());
  }

  private Operand escaped(Expr.Like like, Operand pattern, Operand escape) {
    ScalarFunction function = FunctionRegistry.functions("like_escape").getFirst();
    Expression rewritten =
        new Expression.Call(
            function,
            List.of(
                expressions.coercion().demand(pattern, SqlType.TEXT, "LIKE"),
                expressions.coercion().demand(escape, SqlType.TEXT, "ESCAPE")));
    return ExpressionAnalyzer.typed(like.pattern(), rewritten);
  }
}
