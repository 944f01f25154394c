// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.api.type.Value;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.logical.Expression;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions as EXPLAIN prints them: like SQL, with the parentheses that remove all doubt. */
public final class ExpressionText {
  private ExpressionText() {}

  public static String of(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal.value());
      case Expression.Parameter parameter -> "$" + (parameter.ordinal() + 1);
      case Expression.Reference reference -> reference.variable().name();
      case Expression.Call call -> call(call);
      case Expression.Cast cast -> "(" + of(cast.operand()) + ")::" + cast.type().sqlName();
      case Expression.Compare compare ->
          "("
              + of(compare.left())
              + " "
              + compare.comparison().symbol()
              + " "
              + of(compare.right())
              + ")";
      case Expression.And and -> joined(and.operands(), " AND ");
      case Expression.Or or -> joined(or.operands(), " OR ");
      case Expression.Not not -> "(NOT " + of(not.operand()) + ")";
      case Expression.IsNull isNull -> "(" + of(isNull.operand()) + " IS NULL)";
      case Expression.In in -> "(" + of(in.operand()) + " IN " + joined(in.items(), ", ") + ")";
      case Expression.Case cases -> cases(cases);
      case Expression.Coalesce coalesce -> "COALESCE" + joined(coalesce.arguments(), ", ");
      case Expression.Subquery ignored -> "(subquery)";
      case Expression.Correlation correlation -> correlation.variable().name();
      case Expression.Subplan subplan -> subplan.plan().title();
    };
  }

  /** Several conditions, all of which hold. */
  public static String all(List<Expression> conditions) {
    return conditions.size() == 1 ? of(conditions.get(0)) : joined(conditions, " AND ");
  }

  private static String joined(List<Expression> expressions, String separator) {
    return expressions.stream()
        .map(ExpressionText::of)
        .collect(Collectors.joining(separator, "(", ")"));
  }

  private static String call(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    if (!call.function().operator()) {
      return call.function().name() + joined(arguments, ", ");
    }
    return arguments.size() == 1
        ? "(" + call.function().name() + " " + of(arguments.get(0)) + ")"
        : joined(arguments, " " + call.function().name() + " ");
  }

  private static String cases(Expression.Case cases) {
    StringBuilder text = new StringBuilder("CASE");
    for (Expression.When when : cases.whens()) {
      text.append(" WHEN ").append(of(when.condition())).append(" THEN ").append(of(when.result()));
    }
    cases.otherwise().ifPresent(otherwise -> text.append(" ELSE ").append(of(otherwise)));
    return text.append(" END").toString();
  }

  private static String literal(Value value) {
    return switch (value) {
      case Value.Null ignored -> "NULL";
      case Value.BooleanValue v -> Boolean.toString(v.value());
      case Value.SmallintValue v -> Short.toString(v.value());
      case Value.IntegerValue v -> Integer.toString(v.value());
      case Value.BigintValue v -> Long.toString(v.value());
      case Value.RealValue v -> Float.toString(v.value());
      case Value.DoubleValue v -> Double.toString(v.value());
      case Value.NumericValue v -> v.value().toString();
      case Value.TextValue v -> quoted(v.value());
      default -> quoted(TypeOutput.text(value, ZoneOffset.UTC)) + "::" + value.type().sqlName();
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
