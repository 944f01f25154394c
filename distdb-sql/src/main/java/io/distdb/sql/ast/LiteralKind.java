// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/** How a literal is typed before its surroundings are looked at. */
public enum LiteralKind {
  /** Digits that fit an INTEGER, sign included. */
  INTEGER,
  /** Digits that fit a BIGINT but no INTEGER. */
  BIGINT,
  /** A number with a fraction or an exponent, or one too large for BIGINT. */
  DECIMAL,
  /** {@code 'text'}: of unknown type until its place in the statement gives it one. */
  STRING
}
