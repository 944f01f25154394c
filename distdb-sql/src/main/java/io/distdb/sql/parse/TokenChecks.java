// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.Arrays;
import java.util.List;

/**
 * One pass over the tokens before the parser sees them. It bounds the nesting, so that the parser's
 * recursion fits the stack; and it marks the parentheses that hold queries as {@code OPEN_QUERY},
 * so that the grammar needs one token to tell them from expressions instead of reading to their end
 * at every level.
 */
final class TokenChecks {
  private final List<SqlToken> tokens;
  private int[] openers = new int[16];
  private int[] weights = new int[16];
  private int open;
  private int weight;
  private int prefixes;
  private SqlToken firstDollar;
  private SqlToken firstQuestion;

  private TokenChecks(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  /**
   * @throws DistDbException {@code STATEMENT_TOO_COMPLEX}, {@code SYNTAX_ERROR} when both kinds of
   *     parameters occur
   */
  static void run(List<SqlToken> tokens) {
    TokenChecks checks = new TokenChecks(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      checks.token(i);
    }
    if (checks.firstDollar != null && checks.firstQuestion != null) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "cannot mix ? and $n parameters")
          .withHint("Use one kind of parameter in a statement.")
          .at(checks.firstQuestion.position());
    }
  }

  private void token(int index) {
    SqlToken token = tokens.get(index);
    switch (token.getType()) {
      case DistDbSqlParser.NOT,
          DistDbSqlParser.PLUS,
          DistDbSqlParser.MINUS,
          DistDbSqlParser.OPERATOR -> {
        prefixes++;
        check(token);
        return;
      }
      case DistDbSqlParser.LEFT_PAREN, DistDbSqlParser.LEFT_BRACKET, DistDbSqlParser.CASE ->
          push(index, token);
      case DistDbSqlParser.RIGHT_PAREN, DistDbSqlParser.RIGHT_BRACKET -> close(index);
      case DistDbSqlParser.END -> {
        if (open > 0 && typeAt(openers[open - 1]) == DistDbSqlParser.CASE) {
          pop();
        }
      }
      case DistDbSqlParser.IDENTIFIER -> IntervalConstant.mark(tokens, index);
      case DistDbSqlParser.DOLLAR_PARAMETER -> firstDollar = token;
      case DistDbSqlParser.QUESTION_PARAMETER -> firstQuestion = token;
      default -> {
        // depth stays
      }
    }
    prefixes = 0;
  }

  private int typeAt(int index) {
    return tokens.get(index).getType();
  }

  private void push(int index, SqlToken token) {
    if (open == openers.length) {
      openers = Arrays.copyOf(openers, open * 2);
      weights = Arrays.copyOf(weights, open * 2);
    }
    openers[open] = index;
    weights[open] = weight;
    open++;
    weight += 1 + prefixes;
    prefixes = 0;
    if (token.getType() == DistDbSqlParser.LEFT_PAREN && startsQuery(index + 1)) {
      token.setType(DistDbSqlParser.OPEN_QUERY);
      weight += SyntaxLimits.SUBQUERY_LEVELS - 1;
    }
    check(token);
  }

  private void check(SqlToken token) {
    if (weight + prefixes > SyntaxLimits.NESTING_MAX) {
      throw SyntaxLimits.nestedTooDeep(token.position());
    }
  }

  private void pop() {
    open--;
    weight = weights[open];
  }

  private void close(int index) {
    while (open > 0 && typeAt(openers[open - 1]) == DistDbSqlParser.CASE) {
      pop();
    }
    if (open == 0) {
      return;
    }
    pop();
    // ((SELECT 1) UNION (SELECT 2)): the outer pair holds a query as well
    int outer = open > 0 ? openers[open - 1] : -1;
    if (typeAt(openers[open]) == DistDbSqlParser.OPEN_QUERY
        && outer >= 0
        && outer == openers[open] - 1
        && typeAt(outer) == DistDbSqlParser.LEFT_PAREN
        && (joinsQueries(index + 1) || continuesQuery(index + 1) && !isCall(outer))) {
      tokens.get(outer).setType(DistDbSqlParser.OPEN_QUERY);
    }
  }

  /** Whether the parenthesis holds arguments or a row: {@code abs((SELECT 1))}. */
  private boolean isCall(int parenthesis) {
    if (parenthesis == 0) {
      return false;
    }
    return switch (typeAt(parenthesis - 1)) {
      case DistDbSqlParser.IDENTIFIER,
          DistDbSqlParser.COALESCE,
          DistDbSqlParser.GREATEST,
          DistDbSqlParser.LEAST,
          DistDbSqlParser.NULLIF,
          DistDbSqlParser.GROUPING,
          DistDbSqlParser.VALUES,
          DistDbSqlParser.ROW ->
          true;
      default -> false;
    };
  }

  private boolean joinsQueries(int index) {
    return switch (typeAt(index)) {
      case DistDbSqlParser.UNION, DistDbSqlParser.INTERSECT, DistDbSqlParser.EXCEPT -> true;
      default -> false;
    };
  }

  private boolean startsQuery(int index) {
    return switch (typeAt(index)) {
      case DistDbSqlParser.SELECT,
          DistDbSqlParser.VALUES,
          DistDbSqlParser.WITH,
          DistDbSqlParser.TABLE ->
          true;
      default -> false;
    };
  }

  private boolean continuesQuery(int index) {
    return switch (typeAt(index)) {
      case DistDbSqlParser.ORDER,
          DistDbSqlParser.LIMIT,
          DistDbSqlParser.OFFSET,
          DistDbSqlParser.FETCH,
          DistDbSqlParser.FOR,
          DistDbSqlParser.RIGHT_PAREN ->
          true;
      default -> false;
    };
  }
}
