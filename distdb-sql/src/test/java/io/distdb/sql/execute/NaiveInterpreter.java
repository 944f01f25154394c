// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import java.util.List;

/** The meaning of expressions over one row, written down as plainly as possible. */
final class NaiveInterpreter {
  private NaiveInterpreter() {}

  /**
   * An Integer, a Boolean, or null for NULL.
   *
   * @throws ArithmeticException overflow, or division by zero
   */
  static Object evaluate(Expression expression, KernelTest.Row row) {
    return switch (expression) {
      case Expression.Literal literal -> java(literal.value());
      case Expression.Reference reference ->
          switch (reference.variable().name()) {
            case "a" -> row.a();
            case "b" -> row.b();
            default -> row.p();
          };
      case Expression.Call call -> call(call, row);
      case Expression.Compare compare ->
          compare(
              compare.comparison(),
              (Integer) evaluate(compare.left(), row),
              (Integer) evaluate(compare.right(), row));
      case Expression.And and -> connective(and.operands(), row, false);
      case Expression.Or or -> connective(or.operands(), row, true);
      case Expression.Not not -> {
        Boolean value = (Boolean) evaluate(not.operand(), row);
        yield value == null ? null : !value;
      }
      case Expression.IsNull isNull -> evaluate(isNull.operand(), row) == null;
      case Expression.In in -> in(in, row);
      case Expression.Case cases -> {
        for (Expression.When when : cases.whens()) {
          if (Boolean.TRUE.equals(evaluate(when.condition(), row))) {
            yield evaluate(when.result(), row);
          }
        }
        yield cases.otherwise().map(e -> evaluate(e, row)).orElse(null);
      }
      case Expression.Coalesce coalesce -> {
        Object found = null;
        for (Expression argument : coalesce.arguments()) {
          if (found == null) {
            found = evaluate(argument, row);
          }
        }
        yield found;
      }
      case Expression.Parameter ignored -> throw new AssertionError("no parameters here");
      case Expression.Cast ignored -> throw new AssertionError("no casts here");
      case Expression.Subquery ignored -> throw new AssertionError("no subqueries here");
      case Expression.Subplan ignored -> throw new AssertionError("no subqueries here");
      case Expression.Correlation ignored -> throw new AssertionError("no subqueries here");
    };
  }

  private static Object java(Value value) {
    return switch (value) {
      case Value.Null ignored -> null;
      case Value.BooleanValue v -> v.value();
      case Value.IntegerValue v -> v.value();
      default -> throw new AssertionError("integers and booleans only");
    };
  }

  private static Integer call(Expression.Call call, KernelTest.Row row) {
    Integer left = (Integer) evaluate(call.arguments().get(0), row);
    Integer right = (Integer) evaluate(call.arguments().get(1), row);
    if (left == null || right == null) {
      return null;
    }
    return switch (call.function().name()) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      case "*" -> Math.multiplyExact(left, right);
      case "/" -> Math.divideExact(left, right);
      default -> left % right;
    };
  }

  private static Boolean compare(Expression.Comparison how, Integer left, Integer right) {
    boolean same = left == null ? right == null : left.equals(right);
    if (how == Expression.Comparison.DISTINCT_FROM) {
      return !same;
    }
    if (how == Expression.Comparison.NOT_DISTINCT_FROM) {
      return same;
    }
    if (left == null || right == null) {
      return null;
    }
    return switch (how) {
      case EQUAL -> same;
      case NOT_EQUAL -> !same;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      default -> left >= right;
    };
  }

  private static Boolean connective(
      List<Expression> operands, KernelTest.Row row, boolean decisive) {
    boolean unknown = false;
    for (Expression operand : operands) {
      Boolean value = (Boolean) evaluate(operand, row);
      if (value == null) {
        unknown = true;
      } else if (value == decisive) {
        return decisive;
      }
    }
    return unknown ? null : !decisive;
  }

  private static Boolean in(Expression.In in, KernelTest.Row row) {
    Integer operand = (Integer) evaluate(in.operand(), row);
    boolean unknown = false;
    for (Expression item : in.items()) {
      Boolean equal = compare(Expression.Comparison.EQUAL, operand, (Integer) evaluate(item, row));
      if (Boolean.TRUE.equals(equal)) {
        return true;
      }
      unknown |= equal == null;
    }
    return unknown ? null : false;
  }
}
