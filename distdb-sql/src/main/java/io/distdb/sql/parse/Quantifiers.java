// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code operand operator ANY | ALL (…)}. */
final class Quantifiers {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

  private static final Set<String> PATTERNS =
      Set.of("~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*");

  private Quantifiers() {}

  /** An operator that is written as such: with its schema it may be a comparison. */
  static Expr build(
      DistDbSqlParser.QuantifiedOperatorContext context,
      String operator,
      Expr operand,
      ExpressionBuilder expressions) {
    SourceSpan span = Spans.of(context);
    SourceSpan at = Spans.of(context.namedOperator());
    boolean all = context.ALL() != null;
    if (context.subquery() != null) {
      Query query = expressions.build(context.subquery());
      return new Expr.Quantified(span, at, operand, operator, all, query);
    }
    Expr array = expressions.build(context.expression());
    return COMPARISONS.contains(operator)
        ? new Expr.QuantifiedArray(span, at, operand, operator, all, array)
        : ofArray(span, at, operand, operator, all, array);
  }

  /** Patterns are texts, so that an array of them need not say so. */
  private static Expr typed(Expr array, String operator) {
    boolean untyped =
        array instanceof Expr.StringConstant
            || array instanceof Expr.Lifted
            || array instanceof Expr.Parameter;
    SourceSpan span = array.span();
    return untyped && PATTERNS.contains(operator)
        ? new Expr.Cast(span, array, new TypeName(span, "text", List.of(), true))
        : array;
  }

  /** Of an operator that is no comparison: as of a query for the elements. */
  static Expr ofArray(
      SourceSpan span, SourceSpan at, Expr operand, String operator, boolean all, Expr written) {
    Expr array = typed(written, operator);
    Query elements = SelectBuilder.elements(array);
    Expr test = new Expr.Quantified(span, at, operand, operator, all, elements);
    if (array instanceof Expr.Array) {
      return test;
    }
    // no array at all is unknown, unlike one without elements
    Expr.When none = new Expr.When(new Expr.IsNull(span, array, false), new Expr.Null(span));
    return new Expr.Case(span, Optional.empty(), List.of(none), Optional.of(test));
  }
}
