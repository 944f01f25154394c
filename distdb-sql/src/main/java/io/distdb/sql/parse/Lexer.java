// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SourceSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text to tokens, by the rules of {@link LexicalRules}; hand-written, because the scanner of the
 * plan cache and the splitter must see the same tokens, and because ANTLR's lexers recurse and cost
 * as much as the parse.
 */
final class Lexer {
  private final String sql;
  private final char[] text;
  private final int length;
  private final List<SqlToken> tokens;

  /** Low surrogates before {@code counted}: what separates chars from characters. */
  private int surrogates;

  private int counted;
  private int questions;
  private int at;

  private Lexer(String sql) {
    this.sql = sql;
    this.text = sql.toCharArray();
    this.length = text.length;
    this.tokens = new ArrayList<>(length / 4 + 2);
  }

  /**
   * All tokens; the last is EOF.
   *
   * @throws DistDbException {@code SYNTAX_ERROR}, {@code NAME_TOO_LONG}, {@code
   *     FEATURE_NOT_SUPPORTED}, each with its position
   */
  static List<SqlToken> tokens(String sql) {
    Lexer lexer = new Lexer(sql);
    while (lexer.skipBlanks()) {
      lexer.token();
    }
    lexer.add(DistDbSqlParser.EOF, lexer.length, "");
    return lexer.tokens;
  }

  /** Skips white space and comments; false at the end. */
  private boolean skipBlanks() {
    while (at < length) {
      if (LexicalRules.isSpace(text[at])) {
        at++;
      } else if (LexicalRules.startsLineComment(text, length, at)) {
        at = LexicalRules.endOfLineComment(text, length, at);
      } else if (LexicalRules.startsBlockComment(text, length, at)) {
        at = terminated(LexicalRules.endOfBlockComment(text, length, at), "/* comment");
      } else {
        return true;
      }
    }
    return false;
  }

  private int terminated(int end, String what) {
    if (end == LexicalRules.UNTERMINATED || end > length) {
      throw error("unterminated " + what + " at or near \"" + sql.substring(at) + "\"", at);
    }
    return end;
  }

  private void token() {
    char c = text[at];
    if (LexicalRules.isWordStart(c)) {
      word();
    } else if (LexicalRules.startsNumber(text, length, at)) {
      number();
    } else if (c == '\'') {
      string();
    } else if (c == '"') {
      quotedIdentifier();
    } else if (c == '$') {
      dollar();
    } else if (LexicalRules.isOperator(c)) {
      int end = LexicalRules.endOfOperator(text, length, at);
      add(Symbols.operator(sql.substring(at, end)), end);
    } else {
      symbol(c);
    }
  }

  private void symbol(char c) {
    if (c == ':' && at + 1 < length && text[at + 1] == ':') {
      add(DistDbSqlParser.DOUBLE_COLON, at + 2);
    } else if (c == ':' && at + 1 < length && text[at + 1] == '=') {
      add(DistDbSqlParser.COLON_EQUALS, at + 2);
    } else {
      int type = Symbols.single(c);
      if (type == DistDbSqlParser.QUESTION_PARAMETER) {
        add(type, at + 1, String.valueOf(++questions));
        return;
      }
      if (type == Symbols.NONE) {
        throw error("syntax error at or near \"" + printable(c) + "\"", at);
      }
      add(type, at + 1);
    }
  }

  private static String printable(char c) {
    return c < ' ' || c == 127 ? String.format("\\u%04x", (int) c) : String.valueOf(c);
  }

  private void add(int type, int end) {
    add(type, end, null);
  }

  private void add(int type, int end, String content) {
    int characterStart = charactersBefore(at);
    String written = sql.substring(at, end);
    int characterEnd = charactersBefore(end);
    int extra = end - at - (characterEnd - characterStart);
    tokens.add(
        new SqlToken(
            type, written, content == null ? written : content, at, end, characterStart, extra));
    at = end;
  }

  /** Characters before char {@code index}, which never decreases from call to call. */
  private int charactersBefore(int index) {
    while (counted < index) {
      if (Character.isLowSurrogate(text[counted])
          && counted > 0
          && Character.isHighSurrogate(text[counted - 1])) {
        surrogates++;
      }
      counted++;
    }
    return index - surrogates;
  }

  private void word() {
    int end = LexicalRules.endOfWord(text, length, at);
    if (end == at + 1 && end < length && text[end] == '\'') {
      if (prefixedString(text[at], end)) {
        return;
      }
    } else if (end == at + 1 && end + 1 < length && text[end] == '&') {
      refuseUnicodeEscapes(text[at], text[end + 1]);
    }
    String folded = fold(sql.substring(at, end));
    int type = Keywords.typeOf(folded);
    if (type == DistDbSqlParser.IDENTIFIER) {
      checkName(folded);
    }
    add(type, end, folded);
  }

  private void refuseUnicodeEscapes(char letter, char quote) {
    if ((letter == 'u' || letter == 'U') && (quote == '\'' || quote == '"')) {
      throw unsupported("U&" + quote + "…" + quote);
    }
  }

  /** Letters of ASCII only, as PostgreSQL does in UTF-8. */
  static String fold(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        char[] folded = word.toCharArray();
        for (int j = i; j < folded.length; j++) {
          if (folded[j] >= 'A' && folded[j] <= 'Z') {
            folded[j] += 'a' - 'A';
          }
        }
        return new String(folded);
      }
    }
    return word;
  }

  private void checkName(String name) {
    if (name.length() > SyntaxLimits.NAME_BYTES_MAX / 4
        && name.getBytes(StandardCharsets.UTF_8).length > SyntaxLimits.NAME_BYTES_MAX) {
      throw new DistDbException(
              ErrorCode.NAME_TOO_LONG,
              "name \"" + name + "\" is longer than " + SyntaxLimits.NAME_BYTES_MAX + " bytes")
          .withHint("Shorten the name.")
          .at(charactersBefore(at) + 1);
    }
  }

  /** {@code E'…'} and its like; false when the letter is no such prefix. */
  private boolean prefixedString(char letter, int quote) {
    switch (letter) {
      case 'e', 'E' -> {
        int end = terminated(LexicalRules.endOfEscapeQuoted(text, length, quote), "quoted string");
        String body = sql.substring(quote + 1, end - 1);
        add(DistDbSqlParser.STRING, end, text(EscapeString.read(body, spanFrom(at))));
        return true;
      }
      case 'b', 'B', 'x', 'X' -> {
        int end = terminated(LexicalRules.endOfQuoted(text, length, quote), "bit string literal");
        add(DistDbSqlParser.BIT_STRING, end);
        return true;
      }
      case 'n', 'N' -> {
        int start = at;
        at = quote;
        String content = readString();
        int end = at;
        at = start;
        add(DistDbSqlParser.STRING, end, content);
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private void string() {
    int start = at;
    String content = readString();
    int end = at;
    at = start;
    add(DistDbSqlParser.STRING, end, content);
  }

  /** A string and its continuations on further lines; {@code at} is then after them. */
  private String readString() {
    StringBuilder content = null;
    String part;
    while (true) {
      int end = terminated(LexicalRules.endOfQuoted(text, length, at), "quoted string");
      part = sql.substring(at + 1, end - 1);
      if (part.indexOf('\'') >= 0) {
        part = part.replace("''", "'");
      }
      at = end;
      int next = continuation(end);
      if (content != null) {
        content.append(part);
      }
      if (next < 0) {
        return text(content == null ? part : content.toString());
      }
      if (content == null) {
        content = new StringBuilder(part);
      }
      at = next;
    }
  }

  /** Where a string goes on after white space with a line break, or -1. */
  private int continuation(int end) {
    boolean line = false;
    int next = end;
    while (next < length && LexicalRules.isSpace(text[next])) {
      line |= text[next] == '\n' || text[next] == '\r';
      next++;
    }
    return line && next < length && text[next] == '\'' ? next : -1;
  }

  private String text(String content) {
    if (content.indexOf('\0') >= 0) {
      throw new DistDbException(
              ErrorCode.CHARACTER_NOT_IN_REPERTOIRE, "text must not contain the character U+0000")
          .at(charactersBefore(at) + 1);
    }
    return content;
  }

  private void quotedIdentifier() {
    int end = terminated(LexicalRules.endOfQuoted(text, length, at), "quoted identifier");
    String name = sql.substring(at + 1, end - 1).replace("\"\"", "\"");
    if (name.isEmpty()) {
      throw error("zero-length delimited identifier at or near \"\"\"\"", at);
    }
    checkName(name);
    add(DistDbSqlParser.IDENTIFIER, end, text(name));
  }

  private void number() {
    int end = LexicalRules.endOfNumber(text, length, at);
    if (end < length && LexicalRules.isWordPart(text[end])) {
      int junk = LexicalRules.endOfWord(text, length, end);
      throw error(
          "trailing junk after numeric literal at or near \"" + sql.substring(at, junk) + "\"", at);
    }
    boolean whole = text[at] != '.' && end == LexicalRules.endOfInteger(text, length, at);
    add(whole ? DistDbSqlParser.INTEGER_NUMBER : DistDbSqlParser.DECIMAL_NUMBER, end);
  }

  private void dollar() {
    if (at + 1 < length && LexicalRules.isDigit(text[at + 1])) {
      int end = LexicalRules.endOfInteger(text, length, at + 1);
      if (end < length && LexicalRules.isWordPart(text[end])) {
        int junk = LexicalRules.endOfWord(text, length, end);
        throw error(
            "trailing junk after parameter at or near \"" + sql.substring(at, junk) + "\"", at);
      }
      add(DistDbSqlParser.DOLLAR_PARAMETER, end, sql.substring(at + 1, end));
      return;
    }
    int end = LexicalRules.endOfDollarQuoted(text, length, at);
    if (end == LexicalRules.NOT_A_QUOTE) {
      throw error("syntax error at or near \"$\"", at);
    }
    terminated(end, "dollar-quoted string");
    int tagLength = LexicalRules.endOfDollarTag(text, length, at) - at;
    add(DistDbSqlParser.STRING, end, text(sql.substring(at + tagLength, end - tagLength)));
  }

  private SourceSpan spanFrom(int start) {
    int character = charactersBefore(start);
    return new SourceSpan(character, character + 1);
  }

  private DistDbException error(String message, int where) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, message).at(charactersBefore(where) + 1);
  }

  private DistDbException unsupported(String feature) {
    return Unsupported.feature(feature, spanFrom(at));
  }
}
