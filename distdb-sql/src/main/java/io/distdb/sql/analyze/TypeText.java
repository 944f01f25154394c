// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.parse.SqlParser;

/** Types within strings, as {@code regtype} has them. */
public final class TypeText {
  private TypeText() {}

  /**
   * The type that {@code text} names as SQL would.
   *
   * @throws DistDbException {@code UNDEFINED_OBJECT}, {@code SYNTAX_ERROR}, {@code
   *     FEATURE_NOT_SUPPORTED}
   */
  public static SqlType parse(String text) {
    Expr parsed;
    try {
      parsed = SqlParser.parseExpression("CAST(NULL AS " + text + "\n)");
    } catch (DistDbException e) {
      throw invalid(text);
    }
    if (!(parsed instanceof Expr.Cast cast) || !(cast.operand() instanceof Expr.Null)) {
      throw invalid(text);
    }
    try {
      return TypeNames.resolve(cast.type());
    } catch (DistDbException e) {
      throw new DistDbException(e.code(), e.getMessage());
    }
  }

  private static DistDbException invalid(String text) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, "invalid type name \"" + text + "\"");
  }
}
