// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;

/** What an expression that outlives its statement may not have. */
final class StoredExpressions {
  private StoredExpressions() {}

  /**
   * @param place {@code check constraint}, {@code DEFAULT expression}
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: a subquery; {@code UNDEFINED_PARAMETER}
   */
  static Expression checked(Expression expression, String place, SourceSpan span) {
    refuseParameters(expression, span);
    return SubqueryAnalyzer.refuse(expression, place, span);
  }

  private static void refuseParameters(Expression expression, SourceSpan span) {
    if (expression instanceof Expression.Parameter parameter) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $" + (parameter.ordinal() + 1))
          .at(span.position());
    }
    Expressions.operands(expression).forEach(operand -> refuseParameters(operand, span));
  }
}
