// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** PostgreSQL's words for what is wrong with an expression. */
final class RegexErrors {
  private RegexErrors() {}

  static DistDbException invalid(String what) {
    return new DistDbException(
        ErrorCode.INVALID_REGULAR_EXPRESSION, "invalid regular expression: " + what);
  }

  static DistDbException parentheses() {
    return invalid("parentheses () not balanced");
  }

  static DistDbException brackets() {
    return invalid("brackets [] not balanced");
  }

  static DistDbException quantifier() {
    return invalid("quantifier operand invalid");
  }

  static DistDbException escape() {
    return invalid("invalid escape \\ sequence");
  }

  static DistDbException failed() {
    return new DistDbException(
        ErrorCode.STATEMENT_TOO_COMPLEX,
        "regular expression failed: regular expression is too complex");
  }
}
