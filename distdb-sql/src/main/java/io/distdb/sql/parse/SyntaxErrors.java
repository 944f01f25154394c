// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Syntax errors as PostgreSQL words them, with advice for mistakes that people make. */
final class SyntaxErrors {
  /** More would not be read. */
  private static final int EXPECTED_MAX = 6;

  private SyntaxErrors() {}

  static DistDbException at(SqlToken token) {
    String message =
        token.getType() == Token.EOF
            ? "syntax error at end of input"
            : "syntax error at or near \"" + token.getText() + "\"";
    return new DistDbException(ErrorCode.SYNTAX_ERROR, message).at(token.position());
  }

  static DistDbException of(RecognitionException failure, List<SqlToken> tokens) {
    SqlToken offending = (SqlToken) failure.getOffendingToken();
    DistDbException error = at(offending);
    IntervalSet expected = expected(failure, offending);
    String list = describe(expected);
    if (!list.isEmpty()) {
      error = error.withDetail("Expected " + list + ".");
    }
    String advice = SyntaxAdvice.of(offending, tokens, expected);
    return advice == null ? error : error.withHint(advice);
  }

  /** What could have stood there; nothing when the parser had looked further ahead. */
  private static IntervalSet expected(RecognitionException failure, SqlToken offending) {
    if (failure instanceof org.antlr.v4.runtime.NoViableAltException ambiguous
        && ambiguous.getStartToken() != offending) {
      return new IntervalSet();
    }
    IntervalSet expected = failure.getExpectedTokens();
    return expected == null ? new IntervalSet() : expected;
  }

  private static String describe(IntervalSet expected) {
    if (expected.isNil()) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    boolean name = expected.contains(DistDbSqlParser.IDENTIFIER);
    boolean expression = name && expected.contains(DistDbSqlParser.INTEGER_NUMBER);
    if (expression) {
      parts.add("an expression");
    } else if (name) {
      parts.add("a name");
    }
    parts.addAll(words(expected, name, expression));
    if (expected.contains(Token.EOF)) {
      parts.add("the end of the statement");
    }
    if (parts.size() > EXPECTED_MAX) {
      return "";
    }
    return parts.size() < 2
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, parts.size() - 1)) + " or " + parts.getLast();
  }

  /** Sorted. With a name or an expression, the words that stand for one are left out. */
  private static TreeSet<String> words(IntervalSet expected, boolean name, boolean expression) {
    TreeSet<String> words = new TreeSet<>();
    for (int type : expected.toList()) {
      if (type == Token.EOF || type == DistDbSqlParser.SEMICOLON) {
        continue;
      }
      if (!Keywords.isKeyword(type)) {
        String symbol = symbol(type);
        if (symbol != null && !expression) {
          words.add(symbol);
        }
      } else if (!name || (!expression && type < DistDbSqlParser.CROSS)) {
        words.add(Keywords.wordOf(type));
      }
    }
    return words;
  }

  private static String symbol(int type) {
    return switch (type) {
      case DistDbSqlParser.LEFT_PAREN, DistDbSqlParser.OPEN_QUERY -> "\"(\"";
      case DistDbSqlParser.RIGHT_PAREN -> "\")\"";
      case DistDbSqlParser.COMMA -> "\",\"";
      case DistDbSqlParser.DOT -> "\".\"";
      case DistDbSqlParser.EQUAL -> "\"=\"";
      case DistDbSqlParser.STAR -> "\"*\"";
      case DistDbSqlParser.STRING -> "a string";
      case DistDbSqlParser.INTEGER_NUMBER -> "a number";
      default -> null;
    };
  }

  /** The nearest of the expected keywords to what was written, or null. */
  static String nearestKeyword(String written, IntervalSet expected) {
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (int type : expected.toList()) {
      if (type >= DistDbSqlParser.ALL) {
        String word = Keywords.wordOf(type);
        int distance = EditDistance.between(word, written.toUpperCase(Locale.ROOT));
        if (distance < best && EditDistance.isNear(distance, word)) {
          best = distance;
          nearest = word;
        }
      }
    }
    return nearest;
  }
}
