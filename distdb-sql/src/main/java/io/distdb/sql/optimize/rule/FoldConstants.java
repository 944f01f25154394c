// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.execute.Constants;
import io.distdb.sql.function.Volatility;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates what depends on nothing, drops TRUE from AND and FALSE from OR, and makes NULL of an
 * operator with a NULL operand.
 *
 * <pre>
 * Filter (a = 1 + 2 AND TRUE)        Filter (a = 3)
 *   Scan                        =>     Scan
 * </pre>
 *
 * An expression whose evaluation fails stays as it is: its row may never be reached.
 */
public final class FoldConstants implements Rule {
  /** Characters, or bytes, of a constant that is made here. */
  private static final int TEXT_MAX = 65_536;

  private static final int ELEMENTS_MAX = 10_000;

  @Override
  public Relation apply(Relation relation) {
    return Relations.mapExpressions(relation, FoldConstants::fold);
  }

  /** The same expression, folded. */
  public static Expression fold(Expression expression) {
    Expression folded = Expressions.map(expression, FoldConstants::fold);
    return switch (folded) {
      case Expression.Literal literal -> literal;
      case Expression.Parameter parameter -> parameter;
      case Expression.Reference reference -> reference;
      case Expression.And and -> connective(and.operands(), true);
      case Expression.Or or -> connective(or.operands(), false);
      case Expression.Not not -> constant(not);
      case Expression.IsNull isNull -> constant(isNull);
      case Expression.Call call ->
          call.function().volatility() != Volatility.IMMUTABLE
              ? call
              : call.function().operator() ? strict(call) : constant(call);
      case Expression.Cast cast -> constant(cast);
      case Expression.Compare compare ->
          switch (compare.comparison()) {
            case DISTINCT_FROM, NOT_DISTINCT_FROM -> constant(compare);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                strict(compare);
          };
      case Expression.In in -> constant(in);
      case Expression.Case cases -> constant(cases);
      case Expression.Coalesce coalesce -> constant(coalesce);
      case Expression.Subquery subquery -> subquery;
      case Expression.Correlation correlation -> correlation;
      case Expression.Subplan subplan -> subplan;
    };
  }

  /** As PostgreSQL: beside NULL the other side is not even evaluated. */
  private static Expression strict(Expression expression) {
    for (Expression operand : Expressions.operands(expression)) {
      if (operand instanceof Expression.Literal literal && literal.value().equals(Value.NULL)) {
        return new Expression.Literal(Value.NULL, expression.type());
      }
    }
    return constant(expression);
  }

  private static Expression constant(Expression expression) {
    for (Expression operand : Expressions.operands(expression)) {
      if (!(operand instanceof Expression.Literal)) {
        return expression;
      }
    }
    if (Expressions.operands(expression).isEmpty() || !Expressions.isImmutable(expression)) {
      return expression;
    }
    return Constants.evaluate(expression)
        .filter(FoldConstants::isSmall)
        .<Expression>map(value -> new Expression.Literal(value, expression.type()))
        .orElse(expression);
  }

  /** Plans are kept: {@code repeat('x', 100000000)} is made anew for each run instead. */
  private static boolean isSmall(Value value) {
    return switch (value) {
      case Value.TextValue text -> text.value().length() <= TEXT_MAX;
      case Value.ByteaValue bytes -> bytes.value().length() <= TEXT_MAX;
      case Value.ArrayValue array -> array.value().elements().size() <= ELEMENTS_MAX;
      default -> true;
    };
  }

  /** An AND ({@code neutral} is true) or OR of folded operands. */
  private static Expression connective(List<Expression> operands, boolean neutral) {
    List<Expression> kept = new ArrayList<>();
    for (Expression operand : operands) {
      boolean isLiteral = operand instanceof Expression.Literal;
      Value value = operand instanceof Expression.Literal literal ? literal.value() : Value.NULL;
      if (isLiteral && value.equals(Value.of(!neutral)) && kept.isEmpty()) {
        return operand;
      }
      if (!isLiteral || !value.equals(Value.of(neutral))) {
        kept.add(operand);
      }
    }
    return switch (kept.size()) {
      case 0 -> new Expression.Literal(Value.of(neutral), SqlType.BOOLEAN);
      case 1 -> kept.get(0);
      default -> neutral ? new Expression.And(kept) : new Expression.Or(kept);
    };
  }
}
