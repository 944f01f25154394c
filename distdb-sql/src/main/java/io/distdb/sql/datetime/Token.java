// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

/**
 * A piece of date or time input.
 *
 * @param text in lower case, with the sign of {@code OFFSET} and {@code SIGNED_WORD}
 */
record Token(Kind kind, String text) {
  enum Kind {
    /** Digits, perhaps with one point. */
    NUMBER,
    /** Letters. */
    WORD,
    /** Parts with {@code -}, {@code /} or {@code .} between them: a date, or a zone's name. */
    DATE,
    /** Digits with colons between them. */
    TIME,
    /** A sign and digits: a zone's offset, or a number of an interval. */
    OFFSET,
    /** A sign and letters: {@code -infinity}. */
    SIGNED_WORD
  }
}
