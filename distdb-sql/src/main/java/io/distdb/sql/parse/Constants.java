// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.NumberText;
import io.distdb.sql.ast.SourceSpan;
import java.util.Optional;

/** Constants and parameters of one statement; the ones that were lifted are told apart here. */
final class Constants {
  /** More digits are more than any limit, and may be more than a long. */
  private static final int PARAMETER_DIGITS_MAX = 9;

  private final Optional<LiftedLiterals> literals;
  private int met;

  Constants(Optional<LiftedLiterals> literals) {
    this.literals = literals;
  }

  Expr string(SqlToken token) {
    Expr lifted = lifted(token, token.span());
    return lifted != null ? lifted : new Expr.StringConstant(token.span(), token.content());
  }

  Expr number(SqlToken token) {
    Expr lifted = lifted(token, token.span());
    return lifted != null
        ? lifted
        : new Expr.NumberConstant(token.span(), NumberText.of(token.getText(), false));
  }

  /**
   * A minus sign before a number belongs to it, as in PostgreSQL: -2147483648 is an INTEGER. Null
   * when the scanner lifted the digits alone.
   */
  Expr negativeNumber(SqlToken minus, SqlToken number) {
    SourceSpan span = minus.span().to(number.span());
    Expr lifted = lifted(minus, span);
    if (lifted != null) {
      return lifted;
    }
    return isLifted(number)
        ? null
        : new Expr.NumberConstant(span, NumberText.of(number.getText(), true));
  }

  private boolean isLifted(SqlToken token) {
    return literals.isPresent() && literals.get().ordinalAt(token.getStartIndex()) >= 0;
  }

  private Expr lifted(SqlToken token, SourceSpan span) {
    if (literals.isEmpty()) {
      return null;
    }
    int ordinal = literals.get().ordinalAt(token.getStartIndex());
    if (ordinal < 0) {
      return null;
    }
    met++;
    return new Expr.Lifted(span, ordinal, literals.get().kind(ordinal));
  }

  /** {@code $n}, or the n-th {@code ?}. */
  Expr parameter(SqlToken token) {
    if (token.content().length() > PARAMETER_DIGITS_MAX) {
      throw SyntaxLimits.tooManyParameters(token.span());
    }
    long ordinal = NumberText.of(token.content(), false).longValue();
    if (ordinal < 1) {
      throw new DistDbException(ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $0")
          .withHint("Parameters count from $1.")
          .at(token.position());
    }
    if (ordinal > SyntaxLimits.PARAMETERS_MAX) {
      throw SyntaxLimits.tooManyParameters(token.span());
    }
    return new Expr.Parameter(token.span(), (int) ordinal - 1);
  }

  /** Scanner and parser agree on what the literals of the statement are. */
  void checkAllMet() {
    literals.ifPresent(lifted ->
        Invariant.check(
            met == lifted.count(), "parser met %d of %d lifted literals", met, lifted.count()));
  }
}
