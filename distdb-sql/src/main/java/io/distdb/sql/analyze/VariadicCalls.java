// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.function.VariadicFunction;
import io.distdb.sql.function.Volatility;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Functions of any number of arguments of any type: {@code concat}, {@code format}, GREATEST and
 * the like, and {@code pg_typeof}.
 */
final class VariadicCalls {
  /** Those whose type is a matter of their arguments. */
  private static final Set<String> OF_ARGUMENTS = Set.of("greatest", "least", "pg_typeof");

  /** Those of one argument. */
  private static final Set<String> OF_ONE =
      Set.of(
          "pg_typeof",
          "pg_column_size",
          "pg_collation_for",
          "to_json",
          "row_to_json",
          "array_to_json");

  private final ExpressionAnalyzer expressions;

  VariadicCalls(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  static boolean has(String name) {
    return OF_ARGUMENTS.contains(name) || FunctionRegistry.variadic(name).isPresent();
  }

  /** The call of a function that it {@link #has}. */
  Expression call(Expr.Call call) {
    String name = call.function().text();
    List<Operand> operands = expressions.operands(call.arguments());
    boolean single = OF_ONE.contains(name) && operands.size() != 1;
    if (operands.isEmpty() || single || !isOfType(name, operands.getFirst(), call)) {
      throw CallAnalyzer.undefined(name, operands, call.span());
    }
    return switch (name) {
      case "greatest", "least" -> extreme(name, operands, call);
      case "pg_typeof" -> typeName(operands.getFirst());
      default -> any(FunctionRegistry.variadic(name).orElseThrow(), operands, call);
    };
  }

  /** Whether a function takes what its first argument is. */
  private static boolean isOfType(String name, Operand first, Expr.Call call) {
    return switch (name) {
      case "row_to_json" -> first.type() instanceof RowType;
      case "array_to_json" -> first.type() instanceof SqlType.Array;
      case "to_json" -> {
        if (first.isUnknown()) {
          throw new DistDbException(
                  ErrorCode.DATATYPE_MISMATCH,
                  "could not determine polymorphic type because input has type unknown")
              .at(call.span().position());
        }
        yield true;
      }
      default -> true;
    };
  }

  /** A constant: the argument is not evaluated, but its parameters have types. */
  private Expression typeName(Operand operand) {
    SqlType type = operand.type();
    expressions.coercion().settle(operand);
    String name =
        type == null ? "unknown" : (type instanceof RowType ? type : type.unmodified()).sqlName();
    return new Expression.Literal(Value.of(name), SqlType.TEXT);
  }

  private Expression any(VariadicFunction function, List<Operand> operands, Expr.Call call) {
    String name = function.name();
    List<Expression> arguments = new ArrayList<>(operands.size());
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      arguments.add(
          i < function.texts()
              ? expressions
                  .coercion()
                  .convert(operand, SqlType.TEXT, CastStrength.IMPLICIT)
                  .orElseThrow(() -> CallAnalyzer.undefined(name, operands, call.span()))
              : expressions.coercion().settle(operand));
    }
    return call(name, arguments, function.resultType(), function.volatility());
  }

  private Expression extreme(String name, List<Operand> operands, Expr.Call call) {
    String upper = name.toUpperCase(java.util.Locale.ROOT);
    SqlType type =
        CommonType.of(operands)
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.DATATYPE_MISMATCH,
                        upper
                            + " types "
                            + operands.getFirst().typeName()
                            + " and "
                            + operands.getLast().typeName()
                            + " cannot be matched")
                    .at(call.span().position()));
    List<Expression> arguments = new ArrayList<>(operands.size());
    for (Operand operand : operands) {
      arguments.add(expressions.coercion().demand(operand, type, upper));
    }
    return call(name, arguments, type, Volatility.IMMUTABLE);
  }

  private static Expression call(
      String name, List<Expression> arguments, SqlType result, Volatility volatility) {
    List<SqlType> types = arguments.stream().map(Expression::type).toList();
    return new Expression.Call(
        new ScalarFunction(name, types, result, false, volatility), arguments);
  }
}
