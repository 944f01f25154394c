// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.Locale;

/**
 * LIKE: {@code %} is any text, {@code _} one character, a backslash takes the next one literally.
 * Greedy with one place to go back to, the last {@code %}: time is at most the product of the
 * lengths, never exponential, and nothing is allocated.
 */
final class LikePattern {
  private static final char ESCAPE = '\\';

  private LikePattern() {}

  static boolean matches(String text, String pattern) {
    int t = 0;
    int p = 0;
    int retryText = -1;
    int retryPattern = -1;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '%') {
        retryPattern = ++p;
        retryText = t;
        continue;
      }
      int step = p < pattern.length() ? step(text, t, pattern, p) : 0;
      if (step > 0) {
        t += step;
        p += pattern.charAt(p) == ESCAPE ? 1 + step : pattern.charAt(p) == '_' ? 1 : step;
      } else if (retryPattern >= 0) {
        retryText += Character.charCount(text.codePointAt(retryText));
        t = retryText;
        p = retryPattern;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '%') {
      p++;
    }
    return p == pattern.length();
  }

  /** Chars of {@code text} that the pattern's next element takes at {@code t}; 0: no match. */
  private static int step(String text, int t, String pattern, int p) {
    int character = text.codePointAt(t);
    if (pattern.charAt(p) == '_') {
      return Character.charCount(character);
    }
    int at = p;
    if (pattern.charAt(p) == ESCAPE && ++at == pattern.length()) {
      throw new DistDbException(
          ErrorCode.INVALID_ESCAPE_SEQUENCE, "LIKE pattern must not end with escape character");
    }
    return pattern.codePointAt(at) == character ? Character.charCount(character) : 0;
  }

  /** ILIKE: both sides in lower case, by the root locale. */
  static boolean matchesIgnoringCase(String text, String pattern) {
    return matches(text.toLowerCase(Locale.ROOT), pattern.toLowerCase(Locale.ROOT));
  }

  /** {@code pattern} with a backslash where it has {@code escape}. */
  static String withEscape(String pattern, String escape) {
    if (escape.equals("\\")) {
      return pattern;
    }
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw new DistDbException(ErrorCode.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
          .withHint("Escape string must be empty or one character.");
    }
    StringBuilder rewritten = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      if (!escape.isEmpty() && pattern.startsWith(escape, i)) {
        rewritten.append(ESCAPE);
        i += escape.length();
        if (i < pattern.length()) {
          rewritten.append(pattern.charAt(i));
        }
      } else {
        rewritten.append(pattern.charAt(i) == ESCAPE ? "\\\\" : pattern.substring(i, i + 1));
      }
    }
    return rewritten.toString();
  }
}
