// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CASE, COALESCE, NULLIF. */
final class ConditionalAnalyzer {
  private final ExpressionAnalyzer expressions;

  ConditionalAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  Operand choice(Expr.Case choice) {
    List<Expression> conditions = conditions(choice);
    List<Operand> results = new ArrayList<>(choice.whens().size() + 1);
    // PostgreSQL looks at ELSE first; it shows in the message
    choice.otherwise().ifPresent(otherwise -> results.add(expressions.operand(otherwise)));
    choice.whens().forEach(when -> results.add(expressions.operand(when.result())));
    SqlType type = commonType("CASE", results);
    List<Expression> converted = convert(results, type);
    int first = choice.otherwise().isPresent() ? 1 : 0;
    List<Expression.When> whens = new ArrayList<>(conditions.size());
    for (int i = 0; i < conditions.size(); i++) {
      whens.add(new Expression.When(conditions.get(i), converted.get(first + i)));
    }
    Optional<Expression> otherwise =
        first == 1 ? Optional.of(converted.getFirst()) : Optional.empty();
    return ExpressionAnalyzer.typed(choice, new Expression.Case(whens, otherwise, type));
  }

  private List<Expression> conditions(Expr.Case choice) {
    List<Expression> conditions = new ArrayList<>(choice.whens().size());
    if (choice.operand().isEmpty()) {
      choice
          .whens()
          .forEach(when -> conditions.add(expressions.condition(when.condition(), "CASE/WHEN")));
      return conditions;
    }
    Expr operand = choice.operand().get();
    Operand settled =
        ExpressionAnalyzer.typed(operand, settledOperand(expressions.operand(operand)));
    for (Expr.When when : choice.whens()) {
      Operand value = expressions.operand(when.condition());
      conditions.add(
          expressions
              .operators()
              .compare(Comparison.EQUAL, settled, value, when.condition().span()));
    }
    return conditions;
  }

  private Expression settledOperand(Operand operand) {
    return expressions.coercion().settle(operand);
  }

  Operand coalesce(Expr.Coalesce coalesce) {
    List<Operand> arguments = expressions.operands(coalesce.arguments());
    SqlType type = commonType("COALESCE", arguments);
    return ExpressionAnalyzer.typed(
        coalesce, new Expression.Coalesce(convert(arguments, type), type));
  }

  /** {@code CASE WHEN a = b THEN NULL ELSE a END}, where {@code a} is as the comparison took it. */
  Operand nullIf(Expr.NullIf nullIf) {
    Operand left = expressions.operand(nullIf.left());
    Operand right = expressions.operand(nullIf.right());
    Expression equal =
        expressions.operators().compare(Comparison.EQUAL, left, right, nullIf.span());
    if (!(equal instanceof Expression.Compare compare)) {
      throw new DistDbException(ErrorCode.INTERNAL_ERROR, "comparison of unknown make");
    }
    SqlType type = compare.left().type();
    Expression none = new Expression.Literal(Value.NULL, type);
    return ExpressionAnalyzer.typed(
        nullIf,
        new Expression.Case(
            List.of(new Expression.When(equal, none)), Optional.of(compare.left()), type));
  }

  private List<Expression> convert(List<Operand> operands, SqlType type) {
    List<Expression> converted = new ArrayList<>(operands.size());
    for (Operand operand : operands) {
      converted.add(
          expressions
              .coercion()
              .convert(operand, type, CastStrength.IMPLICIT)
              .orElseThrow(() -> mismatch("CASE", operands, operand)));
    }
    return converted;
  }

  static SqlType commonType(String construct, List<Operand> operands) {
    return CommonType.of(operands).orElseThrow(() -> mismatch(construct, operands, odd(operands)));
  }

  /** The first operand that cannot meet those before it. */
  private static Operand odd(List<Operand> operands) {
    for (int i = 1; i < operands.size(); i++) {
      if (CommonType.of(operands.subList(0, i + 1)).isEmpty()) {
        return operands.get(i);
      }
    }
    return operands.getLast();
  }

  private static DistDbException mismatch(String construct, List<Operand> operands, Operand odd) {
    String first =
        operands.stream()
            .filter(operand -> !operand.isUnknown())
            .findFirst()
            .map(Operand::typeName)
            .orElse("unknown");
    SourceSpan span = odd.span();
    return new DistDbException(
            ErrorCode.DATATYPE_MISMATCH,
            construct + " types " + first + " and " + odd.typeName() + " cannot be matched")
        .at(span.position());
  }
}
