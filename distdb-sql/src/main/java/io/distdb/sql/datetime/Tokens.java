// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts date and time input into {@link Token}s, as PostgreSQL's appendix B.1 says; commas and the
 * like only separate.
 */
final class Tokens {
  private final String text;
  private final List<Token> tokens = new ArrayList<>(6);
  private int at;

  private Tokens(String text) {
    this.text = text;
  }

  /** The tokens, or null when a character fits nowhere. */
  static List<Token> of(String input) {
    Tokens reader = new Tokens(input.toLowerCase(Locale.ROOT));
    return reader.read() ? reader.tokens : null;
  }

  private boolean read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isSpace(c)) {
        at++;
      } else if (isDigit(c)) {
        number(at);
      } else if (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
        int start = at++;
        skipDigits();
        add(Token.Kind.NUMBER, start);
      } else if (isLetter(c)) {
        word();
      } else if (c == '+' || c == '-') {
        if (!sign(c)) {
          return false;
        }
      } else if (c > ' ' && c < 127) {
        at++;
      } else {
        return false;
      }
    }
    return true;
  }

  private void add(Token.Kind kind, int start) {
    tokens.add(new Token(kind, text.substring(start, at)));
  }

  private void number(int start) {
    skipDigits();
    char c = peek();
    if (c == ':') {
      while (isDigit(peek()) || peek() == ':' || peek() == '.') {
        at++;
      }
      add(Token.Kind.TIME, start);
    } else if (c == '-' || c == '/' || c == '.') {
      at++;
      separated(start, c);
    } else {
      add(Token.Kind.NUMBER, start);
    }
  }

  private void separated(int start, char separator) {
    if (isDigit(peek()) || separator == '.' && !isLetter(peek())) {
      skipDigits();
      if (peek() == separator) {
        while (isDigit(peek()) || peek() == separator) {
          at++;
        }
        add(Token.Kind.DATE, start);
      } else {
        add(separator == '.' ? Token.Kind.NUMBER : Token.Kind.DATE, start);
      }
      return;
    }
    while (isDigit(peek()) || isLetter(peek()) || peek() == separator) {
      at++;
    }
    add(Token.Kind.DATE, start);
  }

  private void word() {
    int start = at;
    while (isLetter(peek())) {
      at++;
    }
    char c = peek();
    boolean compound = c == '-' || c == '/' || c == '.';
    if (!compound && (c == '+' || isDigit(c))) {
      String letters = text.substring(start, at);
      compound = Word.of(letters) == null && IntervalUnit.of(letters) == null;
    }
    if (!compound) {
      add(Token.Kind.WORD, start);
      return;
    }
    while (isDigit(peek()) || isLetter(peek()) || "+-/_.:".indexOf(peek()) >= 0) {
      at++;
    }
    add(Token.Kind.DATE, start);
  }

  private boolean sign(char sign) {
    at++;
    while (isSpace(peek())) {
      at++;
    }
    int start = at;
    if (isDigit(peek())) {
      while (isDigit(peek()) || peek() == ':' || peek() == '.' || peek() == '-') {
        at++;
      }
      tokens.add(new Token(Token.Kind.OFFSET, sign + text.substring(start, at)));
      return true;
    }
    while (isLetter(peek())) {
      at++;
    }
    tokens.add(new Token(Token.Kind.SIGNED_WORD, sign + text.substring(start, at)));
    return at > start;
  }

  private void skipDigits() {
    while (isDigit(peek())) {
      at++;
    }
  }

  /** The character at hand, or 0 at the end: no token contains it. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
