// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import java.util.regex.Pattern;

/**
 * Translates an advanced regular expression into Java's syntax (PostgreSQL's documentation, 9.7.3).
 * Every character that is not read as syntax is quoted, so that nothing of Java's own comes in.
 */
final class RegexTranslator {
  static final String WORD = "[\\p{IsAlphabetic}\\p{Nd}_]";
  private static final String WORD_START = "(?:(?<!" + WORD + ")(?=" + WORD + "))";
  private static final String WORD_END = "(?:(?<=" + WORD + ")(?!" + WORD + "))";

  /** The most repetitions that can be asked for. */
  private static final int REPEAT_MAX = 255;

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private RegexFlags flags;
  private int at;
  private int groups;

  private RegexTranslator(String source, RegexFlags flags) {
    this.source = source;
    this.flags = flags;
  }

  /** The compiled pattern. */
  static Pattern compile(String source, RegexFlags flags) {
    RegexTranslator translator = new RegexTranslator(source, flags);
    String java = translator.translate();
    int options = Pattern.DOTALL;
    if (translator.flags.ignoreCase()) {
      options |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }
    return Pattern.compile(java, options);
  }

  private String translate() {
    if (source.startsWith("***=")) {
      return Pattern.quote(source.substring(4));
    }
    if (flags.literal()) {
      return Pattern.quote(source);
    }
    if (source.startsWith("***:")) {
      at = 4;
    } else if (source.startsWith("***")) {
      throw RegexErrors.quantifier();
    }
    embeddedOptions();
    if (flags.literal()) {
      return Pattern.quote(source.substring(at));
    }
    branches(0);
    if (at < source.length()) {
      throw RegexErrors.parentheses();
    }
    return out.toString();
  }

  /** {@code (?i)} and the like, at the start only. */
  private void embeddedOptions() {
    int close = source.indexOf(')', at);
    if (!source.startsWith("(?", at)
        || close < 0
        || at + 2 >= source.length()
        || !Character.isLetter(source.charAt(at + 2))) {
      return;
    }
    for (int i = at + 2; i < close; i++) {
      char letter = source.charAt(i);
      if (!Character.isLetter(letter) || letter == 'g') {
        throw RegexErrors.invalid("invalid embedded option");
      }
      flags = flags.with(letter, "invalid regular expression: invalid embedded option");
    }
    at = close + 1;
  }

  private void branches(int depth) {
    if (depth > 200) {
      throw RegexErrors.failed();
    }
    boolean operand = false;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (flags.expanded() && skipsExpanded(c)) {
        continue;
      }
      switch (c) {
        case ')' -> {
          if (depth == 0) {
            throw RegexErrors.parentheses();
          }
          return;
        }
        case '|' -> {
          out.append('|');
          at++;
          operand = false;
        }
        case '*', '+', '?' -> {
          if (!operand) {
            throw RegexErrors.quantifier();
          }
          at++;
          quantifier(String.valueOf(c));
          operand = false;
        }
        case '{' -> operand = brace(operand);
        case '^' -> {
          out.append(flags.anchorsAtLines() ? "(?:^|(?<=\\n))" : "^");
          at++;
          operand = false;
        }
        case '$' -> {
          out.append(flags.anchorsAtLines() ? "(?=\\n|\\z)" : "\\z");
          at++;
          operand = false;
        }
        default -> operand = atom(c, depth);
      }
    }
  }

  /** White space, and comments from {@code #} to the line's end. */
  private boolean skipsExpanded(char c) {
    if (Character.isWhitespace(c)) {
      at++;
      return true;
    }
    if (c == '#') {
      int end = source.indexOf('\n', at);
      at = end < 0 ? source.length() : end + 1;
      return true;
    }
    return false;
  }

  /** Whether what was read can be repeated. */
  private boolean atom(char c, int depth) {
    switch (c) {
      case '(' -> {
        return group(depth);
      }
      case '[' -> {
        return bracket();
      }
      case '.' -> {
        out.append(flags.dotExcludesNewline() ? "[^\\n]" : ".");
        at++;
      }
      case '\\' -> {
        return escape();
      }
      default -> {
        int point = source.codePointAt(at);
        quote(point);
        at += Character.charCount(point);
      }
    }
    return true;
  }

  private void quote(int point) {
    out.append("\\x{").append(Integer.toHexString(point)).append('}');
  }

  private boolean group(int depth) {
    boolean look = false;
    at++;
    if (source.startsWith("?", at)) {
      if (source.startsWith("?#", at)) {
        int close = source.indexOf(')', at);
        if (close < 0) {
          throw RegexErrors.parentheses();
        }
        at = close + 1;
        return false;
      }
      String opening = null;
      for (String known : new String[] {"?:", "?=", "?!", "?<=", "?<!"}) {
        opening = source.startsWith(known, at) ? known : opening;
      }
      if (opening == null) {
        throw RegexErrors.quantifier();
      }
      look = !opening.equals("?:");
      out.append('(').append(opening);
      at += opening.length();
    } else {
      groups++;
      out.append('(');
    }
    branches(depth + 1);
    if (at >= source.length()) {
      throw RegexErrors.parentheses();
    }
    at++;
    out.append(')');
    return !look;
  }

  private boolean bracket() {
    if (source.startsWith("[[:<:]]", at) || source.startsWith("[[:>:]]", at)) {
      out.append(source.charAt(at + 3) == '<' ? WORD_START : WORD_END);
      at += 7;
      return false;
    }
    BracketReader reader = new BracketReader(source, at, flags.dotExcludesNewline());
    out.append(reader.read());
    at = reader.end();
    return true;
  }

  /** {@code {m}}, {@code {m,}}, {@code {m,n}}; else a brace is a character. */
  private boolean brace(boolean operand) {
    boolean bound = at + 1 < source.length() && Character.isDigit(source.charAt(at + 1));
    if (!bound) {
      quote('{');
      at++;
      return true;
    }
    int close = source.indexOf('}', at);
    if (close < 0) {
      throw RegexErrors.invalid("braces {} not balanced");
    }
    String bounds = source.substring(at + 1, close);
    if (!bounds.matches("[0-9]{1,3}(,([0-9]{1,3})?)?")) {
      throw RegexErrors.invalid("invalid repetition count(s)");
    }
    String[] numbers = bounds.split(",");
    int least = Integer.parseInt(numbers[0]);
    int most = numbers.length > 1 ? Integer.parseInt(numbers[1]) : least;
    if (least > REPEAT_MAX || most > REPEAT_MAX || most < least) {
      throw RegexErrors.invalid("invalid repetition count(s)");
    }
    if (!operand) {
      throw RegexErrors.quantifier();
    }
    at = close + 1;
    quantifier("{" + bounds + "}");
    return false;
  }

  private void quantifier(String text) {
    out.append(text);
    if (at < source.length() && source.charAt(at) == '?') {
      out.append('?');
      at++;
    }
  }

  private boolean escape() {
    at++;
    if (at >= source.length()) {
      throw RegexErrors.escape();
    }
    char c = source.charAt(at);
    switch (c) {
      case 'd', 'D', 's', 'S', 'w', 'W' -> {
        out.append(RegexEscapes.shorthand(c));
        at++;
        return true;
      }
      case 'A' -> out.append("\\A");
      case 'Z' -> out.append("\\z");
      case 'm' -> out.append(WORD_START);
      case 'M' -> out.append(WORD_END);
      case 'y' -> out.append("(?:").append(WORD_START).append('|').append(WORD_END).append(')');
      case 'Y' -> out.append("(?!").append(WORD_START).append('|').append(WORD_END).append(')');
      default -> {
        return character(c);
      }
    }
    at++;
    return false;
  }

  private boolean character(char c) {
    if (c >= '1' && c <= '9') {
      int end = at + 1;
      while (end < source.length() && Character.isDigit(source.charAt(end)) && end - at < 3) {
        end++;
      }
      int number = Integer.parseInt(source.substring(at, end));
      if (end == at + 1 || number <= groups) {
        if (number > groups) {
          throw RegexErrors.invalid("invalid backreference number");
        }
        // in a group, so that a digit behind it is none of its number
        out.append("(?:\\").append(number).append(')');
        at = end;
        return true;
      }
    }
    RegexEscapes escape = RegexEscapes.read(source, at);
    quote(escape.point());
    at = escape.end();
    return true;
  }
}
