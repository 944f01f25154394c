// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

/** Token types of what is not written with letters. */
final class Symbols {
  /** No token starts so. */
  static final int NONE = 0;

  private Symbols() {}

  static int single(char c) {
    return switch (c) {
      case '(' -> DistDbSqlParser.LEFT_PAREN;
      case ')' -> DistDbSqlParser.RIGHT_PAREN;
      case '[' -> DistDbSqlParser.LEFT_BRACKET;
      case ']' -> DistDbSqlParser.RIGHT_BRACKET;
      case ',' -> DistDbSqlParser.COMMA;
      case ';' -> DistDbSqlParser.SEMICOLON;
      case '.' -> DistDbSqlParser.DOT;
      case ':' -> DistDbSqlParser.COLON;
      case '?' -> DistDbSqlParser.QUESTION_PARAMETER;
      default -> NONE;
    };
  }

  static int operator(String written) {
    return switch (written) {
      case "*" -> DistDbSqlParser.STAR;
      case "+" -> DistDbSqlParser.PLUS;
      case "-" -> DistDbSqlParser.MINUS;
      case "/" -> DistDbSqlParser.SLASH;
      case "%" -> DistDbSqlParser.PERCENT;
      case "^" -> DistDbSqlParser.CARET;
      case "=" -> DistDbSqlParser.EQUAL;
      case "<>", "!=" -> DistDbSqlParser.NOT_EQUAL;
      case "<" -> DistDbSqlParser.LESS;
      case "<=" -> DistDbSqlParser.LESS_OR_EQUAL;
      case ">" -> DistDbSqlParser.GREATER;
      case ">=" -> DistDbSqlParser.GREATER_OR_EQUAL;
      case "=>" -> DistDbSqlParser.ARROW;
      default -> DistDbSqlParser.OPERATOR;
    };
  }
}
