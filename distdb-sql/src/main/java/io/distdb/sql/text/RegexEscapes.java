// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

/**
 * A character written as an escape (PostgreSQL's documentation, table 9.20).
 *
 * @param end where the text goes on
 */
record RegexEscapes(int point, int end) {
  /** A class of characters, for use outside of brackets. */
  static String shorthand(char letter) {
    return switch (letter) {
      case 'd' -> "[0-9]";
      case 'D' -> "[^0-9]";
      case 's' -> "[\\s\\x{85}\\p{Z}]";
      case 'S' -> "[^\\s\\x{85}\\p{Z}]";
      case 'w' -> RegexTranslator.WORD;
      default -> "[^" + RegexTranslator.WORD.substring(1);
    };
  }

  /** Reads the escape whose letter is at {@code at}. */
  static RegexEscapes read(String source, int at) {
    char c = source.charAt(at);
    return switch (c) {
      case 'a' -> new RegexEscapes(7, at + 1);
      case 'b' -> new RegexEscapes('\b', at + 1);
      case 'B' -> new RegexEscapes('\\', at + 1);
      case 'e' -> new RegexEscapes(27, at + 1);
      case 'f' -> new RegexEscapes('\f', at + 1);
      case 'n' -> new RegexEscapes('\n', at + 1);
      case 'r' -> new RegexEscapes('\r', at + 1);
      case 't' -> new RegexEscapes('\t', at + 1);
      case 'v' -> new RegexEscapes(11, at + 1);
      case 'c' -> {
        if (at + 1 >= source.length()) {
          throw RegexErrors.escape();
        }
        yield new RegexEscapes(source.charAt(at + 1) & 31, at + 2);
      }
      case 'u' -> number(source, at + 1, 4, 4, 16);
      case 'U' -> number(source, at + 1, 8, 8, 16);
      case 'x' -> number(source, at + 1, 1, 255, 16);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(source, at, 1, 3, 8);
      default -> {
        if (c < 128 && Character.isLetterOrDigit(c)) {
          throw RegexErrors.escape();
        }
        int point = source.codePointAt(at);
        yield new RegexEscapes(point, at + Character.charCount(point));
      }
    };
  }

  private static RegexEscapes number(String source, int start, int least, int most, int radix) {
    int end = start;
    long value = 0;
    while (end < source.length()
        && end - start < most
        && Character.digit(source.charAt(end), radix) >= 0) {
      value = value * radix + Character.digit(source.charAt(end), radix);
      end++;
      if (value > Character.MAX_CODE_POINT) {
        throw RegexErrors.escape();
      }
    }
    if (end - start < least) {
      throw RegexErrors.escape();
    }
    return new RegexEscapes((int) value, end);
  }
}
