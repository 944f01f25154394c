// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operators of one and two operands. */
final class OperatorAnalyzer {
  /** Operators that PostgreSQL has for some types and DistDB has not. */
  private static final Set<String> NOT_YET =
      Set.of("!!", "->", "->>", "#>", "#>>", "@>", "<@", "&&", "@@", "<->", "-|-", "*<>");

  private final ExpressionAnalyzer expressions;

  OperatorAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  Operand unary(Expr.Unary unary) {
    Operand operand = expressions.operand(unary.operand());
    List<Operand> operands = List.of(operand);
    return ExpressionAnalyzer.typed(unary, call(unary.operator(), operands, unary.operatorSpan()));
  }

  /** Chains lean left; they are walked in a loop, so that their length costs no stack. */
  Operand binary(Expr.Binary binary) {
    Optional<Comparison> comparison = comparison(binary.operator());
    boolean rows = RowAnalyzer.isRow(binary.left()) || RowAnalyzer.isRow(binary.right());
    if (rows && comparison.isPresent()) {
      Expression result =
          expressions
              .rows()
              .compare(comparison.get(), binary.left(), binary.right(), binary.operatorSpan());
      return ExpressionAnalyzer.typed(binary, result);
    }
    Deque<Expr.Binary> chain = new ArrayDeque<>();
    Expr first = binary;
    while (first instanceof Expr.Binary link) {
      chain.push(link);
      first = link.left();
    }
    Operand result = expressions.operand(first);
    while (!chain.isEmpty()) {
      Expr.Binary link = chain.pop();
      result = combine(link, result, expressions.operand(link.right()));
    }
    return result;
  }

  private Operand combine(Expr.Binary binary, Operand left, Operand right) {
    Optional<Comparison> comparison = comparison(binary.operator());
    Expression result =
        comparison.isPresent()
            ? compare(comparison.get(), left, right, binary.operatorSpan())
            : binary.operator().equals("||")
                ? concatenate(left, right, binary.operatorSpan())
                : call(binary.operator(), List.of(left, right), binary.operatorSpan());
    return ExpressionAnalyzer.typed(binary, result);
  }

  static Optional<Comparison> comparison(String operator) {
    return switch (operator) {
      case "=" -> Optional.of(Comparison.EQUAL);
      case "<>" -> Optional.of(Comparison.NOT_EQUAL);
      case "<" -> Optional.of(Comparison.LESS);
      case "<=" -> Optional.of(Comparison.LESS_OR_EQUAL);
      case ">" -> Optional.of(Comparison.GREATER);
      case ">=" -> Optional.of(Comparison.GREATER_OR_EQUAL);
      default -> Optional.empty();
    };
  }

  /** Both sides in their common type; numbers meet in the wider one. */
  Expression compare(Comparison comparison, Operand left, Operand right, SourceSpan span) {
    String symbol = comparison.symbol().startsWith("IS") ? "=" : comparison.symbol();
    Optional<SqlType> common = CommonType.ofComparison(left, right);
    if (common.isEmpty()) {
      throw undefined(symbol, List.of(left, right), span);
    }
    return new Expression.Compare(
        comparison, implicit(left, common.get()), implicit(right, common.get()));
  }

  private Expression implicit(Operand operand, SqlType type) {
    return expressions
        .coercion()
        .convert(operand, type, CastStrength.IMPLICIT)
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "cannot use type " + operand.typeName() + " as " + type.sqlName())
                .at(operand.span().position()));
  }

  /** Text with text, or text with anything, which then becomes text. */
  private Expression concatenate(Operand left, Operand right, SourceSpan span) {
    if (isArray(left) || isArray(right)) {
      return concatenateArrays(left, right, span);
    }
    if (left.type() == SqlType.BYTEA || right.type() == SqlType.BYTEA) {
      return call("||", List.of(left, right), span);
    }
    boolean text = isString(left) || isString(right) || left.isUnknown() || right.isUnknown();
    if (!text) {
      throw undefined("||", List.of(left, right), span);
    }
    ScalarFunction function = FunctionRegistry.operators("||").getFirst();
    return new Expression.Call(function, List.of(asText(left), asText(right)));
  }

  private static boolean isArray(Operand operand) {
    return operand.type() instanceof SqlType.Array;
  }

  /** Array with array, or with an element on either side; unknown is an array. */
  private Expression concatenateArrays(Operand left, Operand right, SourceSpan span) {
    boolean leftArray = isArray(left) || left.isUnknown();
    boolean rightArray = isArray(right) || right.isUnknown();
    String function =
        leftArray && rightArray ? "array_cat" : leftArray ? "array_append" : "array_prepend";
    return new ArrayCalls(expressions.coercion())
        .call(function, List.of(left, right))
        .orElseThrow(() -> undefined("||", List.of(left, right), span));
  }

  private static boolean isString(Operand operand) {
    return operand.type() != null && TypeCategory.of(operand.type()) == TypeCategory.STRING;
  }

  private Expression asText(Operand operand) {
    return expressions.coercion().explicit(operand, SqlType.TEXT, operand.span());
  }

  /** An operator of the registry. */
  Expression call(String symbol, List<Operand> operands, SourceSpan span) {
    if (operands.stream().anyMatch(OperatorAnalyzer::isArray)) {
      return new ArrayCalls(expressions.coercion())
          .call(symbol, operands)
          .orElseThrow(() -> undefined(symbol, operands, span));
    }
    List<ScalarFunction> candidates = FunctionRegistry.operators(symbol);
    if (candidates.isEmpty() && NOT_YET.contains(symbol)) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "operator " + symbol + " is not supported yet")
          .at(span.position());
    }
    List<ScalarFunction> left =
        candidates.isEmpty()
            ? List.of()
            : OverloadResolution.choose(candidates, ScalarFunction::argumentTypes, operands);
    if (left.isEmpty()) {
      throw undefined(symbol, operands, span);
    }
    if (left.size() > 1 || isOfOtherTypesToo(symbol, operands)) {
      throw new DistDbException(
              ErrorCode.AMBIGUOUS_FUNCTION, "operator is not unique: " + written(symbol, operands))
          .withHint(
              "Could not choose a best candidate operator. You might need to add explicit type"
                  + " casts.")
          .at(span.position());
    }
    return new Expression.Call(left.getFirst(), arguments(left.getFirst(), operands));
  }

  /** PostgreSQL has these for dates, intervals or money too, and cannot tell which is meant. */
  private static boolean isOfOtherTypesToo(String symbol, List<Operand> operands) {
    return operands.stream().allMatch(Operand::isUnknown)
        && (operands.size() == 1 ? symbol.equals("-") : "+-*/%".contains(symbol));
  }

  List<Expression> arguments(ScalarFunction function, List<Operand> operands) {
    List<Expression> arguments = new ArrayList<>(operands.size());
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(implicit(operands.get(i), function.argumentTypes().get(i)));
    }
    return arguments;
  }

  static DistDbException undefined(String symbol, List<Operand> operands, SourceSpan span) {
    String hint =
        symbol.equals("==")
            ? "Equality is written with one =."
            : "No operator matches the given name and argument "
                + (operands.size() == 1 ? "type" : "types")
                + ". You might need to add "
                + (operands.size() == 1 ? "an explicit type cast." : "explicit type casts.");
    return new DistDbException(
            ErrorCode.UNDEFINED_FUNCTION, "operator does not exist: " + written(symbol, operands))
        .withHint(hint)
        .at(span.position());
  }

  private static String written(String symbol, List<Operand> operands) {
    return operands.size() == 1
        ? symbol + " " + operands.getFirst().typeName()
        : operands.getFirst().typeName() + " " + symbol + " " + operands.getLast().typeName();
  }
}
