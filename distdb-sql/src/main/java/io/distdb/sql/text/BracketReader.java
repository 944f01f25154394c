// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import java.util.Map;

/** A bracket expression, such as {@code [^[:alpha:]_-]}, as a class of Java's. */
final class BracketReader {
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "\\p{IsAlphabetic}\\p{Nd}"),
          Map.entry("alpha", "\\p{IsAlphabetic}"),
          Map.entry("ascii", "\\x{0}-\\x{7f}"),
          Map.entry("blank", " \\t"),
          Map.entry("cntrl", "\\p{Cc}"),
          Map.entry("digit", "0-9"),
          Map.entry("graph", "[^\\p{Z}\\p{C}]"),
          Map.entry("lower", "\\p{Ll}"),
          Map.entry("print", "[^\\p{C}\\p{Zl}\\p{Zp}]"),
          Map.entry("punct", "\\p{Punct}\\p{P}"),
          Map.entry("space", "\\s\\x{85}\\p{Z}"),
          Map.entry("upper", "\\p{Lu}"),
          Map.entry("xdigit", "0-9A-Fa-f"),
          Map.entry("word", "\\p{IsAlphabetic}\\p{Nd}_"));

  private final String source;
  private final boolean excludesNewline;
  private final StringBuilder out = new StringBuilder("[");
  private int at;

  /**
   * @param start where the opening bracket is
   */
  BracketReader(String source, int start, boolean excludesNewline) {
    this.source = source;
    this.excludesNewline = excludesNewline;
    at = start + 1;
  }

  int end() {
    return at;
  }

  String read() {
    if (peek() == '^') {
      out.append('^');
      at++;
      if (excludesNewline) {
        out.append("\\n");
      }
    }
    boolean first = true;
    while (first || peek() != ']') {
      item();
      first = false;
    }
    at++;
    return out.append(']').toString();
  }

  private char peek() {
    if (at >= source.length()) {
      throw RegexErrors.brackets();
    }
    return source.charAt(at);
  }

  private void item() {
    if (source.startsWith("[:", at)) {
      String name = delimited(":]");
      String members = CLASSES.get(name);
      if (members == null) {
        throw RegexErrors.invalid("invalid character class");
      }
      out.append(members);
      return;
    }
    if (peek() == '\\'
        && at + 1 < source.length()
        && "dswDSW".indexOf(source.charAt(at + 1)) >= 0) {
      out.append(RegexEscapes.shorthand(source.charAt(at + 1)));
      at += 2;
      return;
    }
    int low = character();
    boolean range =
        source.startsWith("-", at) && at + 1 < source.length() && source.charAt(at + 1) != ']';
    append(low);
    if (range) {
      at++;
      int high = character();
      if (high < low) {
        throw RegexErrors.invalid("invalid character range");
      }
      out.append('-');
      append(high);
    }
  }

  private int character() {
    if (source.startsWith("[.", at) || source.startsWith("[=", at)) {
      String name = delimited(source.charAt(at + 1) + "]");
      if (name.codePointCount(0, name.length()) != 1) {
        throw RegexErrors.invalid("invalid collating element");
      }
      return name.codePointAt(0);
    }
    if (peek() == '\\') {
      if (at + 1 >= source.length()) {
        throw RegexErrors.escape();
      }
      RegexEscapes escape = RegexEscapes.read(source, at + 1);
      at = escape.end();
      return escape.point();
    }
    int point = source.codePointAt(at);
    at += Character.charCount(point);
    return point;
  }

  private String delimited(String closing) {
    int close = source.indexOf(closing, at + 2);
    if (close < 0) {
      throw RegexErrors.brackets();
    }
    String name = source.substring(at + 2, close);
    at = close + 2;
    return name;
  }

  private void append(int point) {
    out.append("\\x{").append(Integer.toHexString(point)).append('}');
  }
}
