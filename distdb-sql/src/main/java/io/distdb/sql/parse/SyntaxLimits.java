// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SourceSpan;

/**
 * What a statement may weigh. The parser, and every stage after it, recurses over expressions: the
 * depth limits are what keeps hostile text from exhausting a thread's stack, half a megabyte of
 * which is enough for them. Lists and chains of AND and OR have no limit but the statement's
 * length.
 */
public final class SyntaxLimits {
  /** Chars of one statement. */
  public static final int STATEMENT_LENGTH_MAX = 4 * 1024 * 1024;

  /** Parentheses, brackets, CASEs and prefix operators open at one point of the text. */
  public static final int NESTING_MAX = 200;

  /** Levels of an expression tree: nesting, and the links of a chain such as {@code a + b + c}. */
  public static final int EXPRESSION_DEPTH_MAX = 400;

  /** Levels that a query within a query counts for: each stage has more frames for it. */
  static final int SUBQUERY_LEVELS = 4;

  /** Tables joined in one statement. */
  public static final int JOINS_MAX = 100;

  /** {@code $n}: the highest n, which is what the PostgreSQL protocol can bind. */
  public static final int PARAMETERS_MAX = 65_535;

  /** Bytes of a name in UTF-8. */
  public static final int NAME_BYTES_MAX = 63;

  private SyntaxLimits() {}

  static DistDbException tooLong(int length) {
    return new DistDbException(
            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
            "statement of "
                + length
                + " characters exceeds the limit of "
                + STATEMENT_LENGTH_MAX
                + " characters")
        .withHint("Split it into several statements, or load rows with \\copy.");
  }

  static DistDbException nestedTooDeep(int position) {
    return new DistDbException(
            ErrorCode.STATEMENT_TOO_COMPLEX,
            "statement too complex: nested deeper than " + NESTING_MAX + " levels")
        .withHint("Flatten parentheses, CASEs and repeated prefix operators.")
        .at(position);
  }

  static DistDbException expressionTooDeep(SourceSpan span) {
    return new DistDbException(
            ErrorCode.STATEMENT_TOO_COMPLEX,
            "statement too complex: an expression has more than "
                + EXPRESSION_DEPTH_MAX
                + " levels")
        .withHint(
            "Break the chain of operators into parts; AND, OR and IN lists may be of any length.")
        .at(span.position());
  }

  static DistDbException tooManyJoins(SourceSpan span) {
    return new DistDbException(
            ErrorCode.STATEMENT_TOO_COMPLEX,
            "statement too complex: more than " + JOINS_MAX + " tables are joined")
        .withHint("Join fewer tables in one statement.")
        .at(span.position());
  }

  static DistDbException tooManyParameters(SourceSpan span) {
    return new DistDbException(
            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
            "parameter number exceeds the limit of " + PARAMETERS_MAX)
        .withHint("Split the statement, or pass rows in several executions.")
        .at(span.position());
  }
}
