// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.UtilityStatement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Text to AST. Stateless; thread-safe. */
public final class SqlParser {
  private SqlParser() {}

  /**
   * Parses one statement; semicolons may follow it.
   *
   * @throws DistDbException {@code SYNTAX_ERROR} with position and what was expected; {@code
   *     FEATURE_NOT_SUPPORTED} for what PostgreSQL has and DistDB has not; {@code
   *     STATEMENT_TOO_COMPLEX} or {@code PROGRAM_LIMIT_EXCEEDED} beyond {@link SyntaxLimits}
   */
  public static Statement parse(String sql) {
    return parse(sql, () -> {});
  }

  /**
   * As {@link #parse(String)}.
   *
   * @param pause is run from time to time, to let others run; what it throws ends the parse
   */
  public static Statement parse(String sql, Runnable pause) {
    return parse(sql, Optional.empty(), pause);
  }

  /**
   * Parses a statement whose {@code literals} the scanner lifted: they become {@link
   * io.distdb.sql.ast.Expr.Lifted}, all else is as in {@link #parse(String, Runnable)}.
   */
  public static Statement parse(String sql, LiftedLiterals literals, Runnable pause) {
    return parse(sql, Optional.of(literals), pause);
  }

  private static Statement parse(String sql, Optional<LiftedLiterals> literals, Runnable pause) {
    if (sql.length() > SyntaxLimits.STATEMENT_LENGTH_MAX) {
      throw SyntaxLimits.tooLong(sql.length());
    }
    List<SqlToken> tokens = Lexer.tokens(sql);
    TokenChecks.run(tokens);
    if (isEmpty(tokens)) {
      return new UtilityStatement.Empty(tokens.getLast().span());
    }
    UnsupportedStatements.refuse(tokens);
    StatementBuilder builder = new StatementBuilder(new Constants(literals), sql);
    return builder.build(tree(tokens, DistDbSqlParser::singleStatement, pause).statement());
  }

  private static boolean isEmpty(List<SqlToken> tokens) {
    return tokens.stream()
        .allMatch(
            token -> token.getType() == DistDbSqlParser.SEMICOLON || token.getType() == Token.EOF);
  }

  /**
   * Parses one expression, such as the catalog keeps for a default or a check.
   *
   * @throws DistDbException as {@link #parse(String)}
   */
  public static Expr parseExpression(String text) {
    List<SqlToken> tokens = Lexer.tokens(text);
    TokenChecks.run(tokens);
    ExpressionBuilder builder =
        new StatementBuilder(new Constants(Optional.empty()), text).expressions();
    return builder.build(tree(tokens, DistDbSqlParser::singleExpression, () -> {}).expression());
  }

  /** SLL first: it decides faster, and when it succeeds LL would have said the same. */
  private static <T> T tree(
      List<SqlToken> tokens, Function<DistDbSqlParser, T> rule, Runnable pause) {
    try {
      return tree(tokens, rule, PredictionMode.SLL, pause);
    } catch (ParseCancellationException inexact) {
      try {
        return tree(tokens, rule, PredictionMode.LL, pause);
      } catch (ParseCancellationException exact) {
        if (exact.getCause() instanceof RecognitionException failure) {
          throw SyntaxErrors.of(failure, tokens);
        }
        throw exact;
      }
    }
  }

  private static <T> T tree(
      List<SqlToken> tokens,
      Function<DistDbSqlParser, T> rule,
      PredictionMode mode,
      Runnable pause) {
    DistDbSqlParser parser = new DistDbSqlParser(new PacedTokens(tokens, pause));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(mode);
    return rule.apply(parser);
  }
}
