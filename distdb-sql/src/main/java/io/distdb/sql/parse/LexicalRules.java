// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.NumberText;

/**
 * Where a token ends. The one place that knows the lexical structure of PostgreSQL's SQL
 * (documentation, chapter 4.1), so that the lexer, the scanner of the plan cache and the splitter
 * cannot disagree. All functions take the text, its length, and where the token starts; they return
 * the index after its end, or {@link #UNTERMINATED}.
 */
final class LexicalRules {
  static final int UNTERMINATED = -1;

  /** What a name may have, an operator may have as well. */
  private static final int OPERATOR_LENGTH_MAX = SyntaxLimits.NAME_BYTES_MAX;

  /** {@link #endOfDollarQuoted}: the dollar sign opens no string. */
  static final int NOT_A_QUOTE = -2;

  private static final byte SPACE = 1;
  private static final byte LETTER = 2;
  private static final byte DIGIT = 4;
  private static final byte OPERATOR = 8;

  /** Operator characters that let a longer operator end in {@code +} or {@code -}. */
  private static final byte FREE_OPERATOR = 16;

  private static final byte[] CLASSES = classes();

  private LexicalRules() {}

  private static byte[] classes() {
    byte[] classes = new byte[128];
    mark(classes, " \t\n\r\f\u000b", SPACE);
    mark(classes, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", LETTER);
    mark(classes, "0123456789", DIGIT);
    mark(classes, "+-*/<>=~!@#%^&|`", OPERATOR);
    mark(classes, "~!@#%^&|`", FREE_OPERATOR);
    return classes;
  }

  private static void mark(byte[] classes, String members, byte flag) {
    for (int i = 0; i < members.length(); i++) {
      classes[members.charAt(i)] |= flag;
    }
  }

  static boolean isSpace(char c) {
    return c < 128 && (CLASSES[c] & SPACE) != 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Letters, underscore and everything outside ASCII. */
  static boolean isWordStart(char c) {
    return c >= 128 || (CLASSES[c] & LETTER) != 0;
  }

  static boolean isWordPart(char c) {
    return c >= 128 || (CLASSES[c] & (LETTER | DIGIT)) != 0 || c == '$';
  }

  static boolean isOperator(char c) {
    return c < 128 && (CLASSES[c] & OPERATOR) != 0;
  }

  static boolean startsLineComment(char[] text, int length, int at) {
    return text[at] == '-' && at + 1 < length && text[at + 1] == '-';
  }

  static boolean startsBlockComment(char[] text, int length, int at) {
    return text[at] == '/' && at + 1 < length && text[at + 1] == '*';
  }

  static int endOfWord(char[] text, int length, int start) {
    int at = start;
    while (at < length && isWordPart(text[at])) {
      at++;
    }
    return at;
  }

  static int endOfLineComment(char[] text, int length, int start) {
    int at = start;
    while (at < length && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    return at;
  }

  /** Block comments nest. */
  static int endOfBlockComment(char[] text, int length, int start) {
    int depth = 1;
    int at = start + 2;
    while (at + 1 < length) {
      if (text[at] == '*' && text[at + 1] == '/') {
        at += 2;
        if (--depth == 0) {
          return at;
        }
      } else if (startsBlockComment(text, length, at)) {
        depth++;
        at += 2;
      } else {
        at++;
      }
    }
    return UNTERMINATED;
  }

  /** A string or quoted identifier in which the doubled quote stands for itself. */
  static int endOfQuoted(char[] text, int length, int start) {
    char quote = text[start];
    int at = start + 1;
    while (at < length) {
      if (text[at] != quote) {
        at++;
      } else if (at + 1 < length && text[at + 1] == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return UNTERMINATED;
  }

  /** The body of {@code E'…'}, from its quote: a backslash also protects a quote. */
  static int endOfEscapeQuoted(char[] text, int length, int start) {
    int at = start + 1;
    while (at < length) {
      char c = text[at];
      if (c == '\\') {
        at += 2;
      } else if (c != '\'') {
        at++;
      } else if (at + 1 < length && text[at + 1] == '\'') {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return UNTERMINATED;
  }

  /** End of the opening {@code $tag$}, or {@link #NOT_A_QUOTE}. */
  static int endOfDollarTag(char[] text, int length, int start) {
    int at = start + 1;
    if (at < length && isWordStart(text[at])) {
      while (at < length && text[at] != '$' && isWordPart(text[at])) {
        at++;
      }
    }
    return at < length && text[at] == '$' ? at + 1 : NOT_A_QUOTE;
  }

  static int endOfDollarQuoted(char[] text, int length, int start) {
    int bodyStart = endOfDollarTag(text, length, start);
    if (bodyStart == NOT_A_QUOTE) {
      return NOT_A_QUOTE;
    }
    int tagLength = bodyStart - start;
    for (int at = bodyStart; at + tagLength <= length; at++) {
      if (text[at] == '$' && matches(text, start, at, tagLength)) {
        return at + tagLength;
      }
    }
    return UNTERMINATED;
  }

  private static boolean matches(char[] text, int first, int second, int count) {
    for (int i = 0; i < count; i++) {
      if (text[first + i] != text[second + i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a number starts here: a digit, or a point before a digit. */
  static boolean startsNumber(char[] text, int length, int at) {
    return isDigit(text[at]) || (text[at] == '.' && at + 1 < length && isDigit(text[at + 1]));
  }

  /**
   * Digits with single underscores between them; hexadecimal, octal and binary after 0x, 0o, 0b.
   */
  static int endOfInteger(char[] text, int length, int start) {
    if (text[start] == '0' && start + 2 < length) {
      int radix = NumberText.radixOf(text[start + 1]);
      if (radix != 10) {
        int end = endOfDigits(text, length, start + 2, radix);
        return end == start + 2 ? start + 1 : end;
      }
    }
    return endOfDigits(text, length, start, 10);
  }

  private static int endOfDigits(char[] text, int length, int start, int radix) {
    int at = start;
    while (at < length) {
      if (isDigit(text[at], radix)) {
        at++;
      } else if (text[at] == '_' && at > start && at + 1 < length && isDigit(text[at + 1], radix)) {
        at += 2;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isDigit(char c, int radix) {
    return c < 128 && Character.digit(c, radix) >= 0;
  }

  /**
   * End of a number: an integer, then perhaps a fraction and an exponent. It is an integer when the
   * answer equals {@link #endOfInteger}.
   */
  static int endOfNumber(char[] text, int length, int start) {
    int at = text[start] == '.' ? start : endOfInteger(text, length, start);
    if (at > start + 1 && text[start] == '0' && NumberText.radixOf(text[start + 1]) != 10) {
      return at;
    }
    if (at < length && text[at] == '.' && !(at + 1 < length && text[at + 1] == '.')) {
      at = endOfDigits(text, length, at + 1, 10);
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
      int exponent = at + 1;
      if (exponent < length && (text[exponent] == '+' || text[exponent] == '-')) {
        exponent++;
      }
      int end = endOfDigits(text, length, exponent, 10);
      if (end > exponent) {
        at = end;
      }
    }
    return at;
  }

  /**
   * The longest run of operator characters that starts no comment; a run of several ends in {@code
   * +} or {@code -} only if it has one of {@code ~!@#%^&|`} (chapter 4.1.3). No more than {@link
   * #OPERATOR_LENGTH_MAX} characters are looked at: a long row of signs is many operators, each of
   * which would be searched to the end of the row.
   */
  static int endOfOperator(char[] text, int length, int start) {
    int at = start + 1;
    if (at >= length || !isOperator(text[at])) {
      return at;
    }
    boolean free = (CLASSES[text[start]] & FREE_OPERATOR) != 0;
    int limit = Math.min(length, start + OPERATOR_LENGTH_MAX);
    while (at < limit
        && isOperator(text[at])
        && !startsLineComment(text, length, at)
        && !startsBlockComment(text, length, at)) {
      free |= (CLASSES[text[at]] & FREE_OPERATOR) != 0;
      at++;
    }
    while (!free && at > start + 1 && (text[at - 1] == '+' || text[at - 1] == '-')) {
      at--;
    }
    return at;
  }
}
