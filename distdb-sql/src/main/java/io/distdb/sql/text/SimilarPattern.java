// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** SIMILAR TO patterns as regular expressions (PostgreSQL's documentation, 9.7.2). */
public final class SimilarPattern {
  private SimilarPattern() {}

  /**
   * The expression that matches where the pattern does.
   *
   * @param escape one character, or none for no escape
   * @throws DistDbException {@code INVALID_ESCAPE_SEQUENCE}: a longer escape; {@code
   *     INVALID_USE_OF_ESCAPE_CHARACTER}: more than two separators
   */
  public static String toRegex(String pattern, String escape) {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw new DistDbException(ErrorCode.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
          .withHint("Escape string must be empty or one character.");
    }
    int escapePoint = escape.isEmpty() ? -1 : escape.codePointAt(0);
    StringBuilder out = new StringBuilder("^(?:");
    int separators = 0;
    boolean bracket = false;
    int at = 0;
    while (at < pattern.length()) {
      int point = pattern.codePointAt(at);
      at += Character.charCount(point);
      if (point == escapePoint && at < pattern.length()) {
        int next = pattern.codePointAt(at);
        at += Character.charCount(next);
        if (next == '"' && !bracket) {
          separator(out, separators++);
        } else {
          out.append('\\').appendCodePoint(next);
        }
      } else if (bracket) {
        if (point == '\\') {
          out.append('\\');
        }
        out.appendCodePoint(point);
        bracket = point != ']';
      } else {
        bracket = point == '[';
        outside(out, point);
      }
    }
    return out.append(")$").toString();
  }

  /** The text between the two separators is what {@code substring} gives back. */
  private static void separator(StringBuilder out, int before) {
    switch (before) {
      case 0 -> out.append("){1,1}?(");
      case 1 -> out.append("){1,1}(?:");
      default ->
          throw new DistDbException(
              ErrorCode.INVALID_USE_OF_ESCAPE_CHARACTER,
              "SQL regular expression may not contain more than two escape-double-quote"
                  + " separators");
    }
  }

  private static void outside(StringBuilder out, int point) {
    switch (point) {
      case '%' -> out.append(".*");
      case '_' -> out.append('.');
      case '(' -> out.append("(?:");
      case '\\', '.', '^', '$' -> out.append('\\').appendCodePoint(point);
      default -> out.appendCodePoint(point);
    }
  }
}
