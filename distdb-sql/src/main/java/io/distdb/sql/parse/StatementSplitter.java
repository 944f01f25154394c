// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into statements at the semicolons that are outside quotes, comments and
 * parentheses. What cannot be read (an unterminated quote) stays in the last statement, whose parse
 * will say what is wrong.
 */
public final class StatementSplitter {
  /**
   * A statement of a script.
   *
   * @param text without its semicolon, blanks and comments around it
   * @param start where {@code text} starts in the script, in chars from 0
   * @param line of its start, from 1
   * @param terminated whether a semicolon ended it
   */
  public record Part(String text, int start, int line, boolean terminated) {}

  private final char[] text;
  private final String script;
  private final List<Part> parts = new ArrayList<>();
  private int start = -1;
  private int end;
  private int depth;
  private int counted;
  private int line = 1;

  private StatementSplitter(String script) {
    this.script = script;
    this.text = script.toCharArray();
  }

  /** The statements in order; empty ones are left out. */
  public static List<Part> split(String script) {
    StatementSplitter splitter = new StatementSplitter(script);
    splitter.run();
    return List.copyOf(splitter.parts);
  }

  private void run() {
    int at = 0;
    while (at < text.length) {
      at = token(at);
    }
    finish(false);
  }

  private int token(int at) {
    char c = text[at];
    if (LexicalRules.isSpace(c)) {
      return at + 1;
    }
    if (LexicalRules.startsLineComment(text, text.length, at)) {
      return LexicalRules.endOfLineComment(text, text.length, at);
    }
    if (LexicalRules.startsBlockComment(text, text.length, at)) {
      int after = LexicalRules.endOfBlockComment(text, text.length, at);
      return after == LexicalRules.UNTERMINATED ? take(at, text.length) : after;
    }
    if (c == ';' && depth <= 0) {
      finish(true);
      return at + 1;
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    int after = endOfToken(at, c);
    return take(at, after < 0 || after > text.length ? text.length : after);
  }

  private int endOfToken(int at, char c) {
    if (LexicalRules.isWordStart(c)) {
      int word = LexicalRules.endOfWord(text, text.length, at);
      boolean escapes = word == at + 1 && (c == 'e' || c == 'E');
      return escapes && word < text.length && text[word] == '\''
          ? LexicalRules.endOfEscapeQuoted(text, text.length, word)
          : word;
    }
    return switch (c) {
      case '\'', '"' -> LexicalRules.endOfQuoted(text, text.length, at);
      case '$' -> {
        int quoted = LexicalRules.endOfDollarQuoted(text, text.length, at);
        yield quoted == LexicalRules.NOT_A_QUOTE ? at + 1 : quoted;
      }
      default -> at + 1;
    };
  }

  private int take(int from, int to) {
    if (start < 0) {
      start = from;
    }
    end = to;
    return to;
  }

  private void finish(boolean terminated) {
    if (start >= 0) {
      while (counted < start) {
        line += text[counted++] == '\n' ? 1 : 0;
      }
      parts.add(new Part(script.substring(start, end), start, line, terminated));
    }
    start = -1;
    depth = 0;
  }
}
