// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.parse.DistDbSqlParser.ExpressionContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * The upper tier of expressions: AND, OR, NOT and predicates.
 *
 * <p>ANTLR hands chains of operators over as trees that lean left, one level a link. They are
 * walked down and up again in a loop, so that ten thousand ORs cost no stack; {@link #depth} counts
 * the levels that the AST, and all who walk it later, will have.
 */
final class ExpressionBuilder {
  private final ArithmeticBuilder arithmetic;
  private final QueryBuilder queries;
  private int depth;

  ExpressionBuilder(Constants constants) {
    this.queries = new QueryBuilder(this, constants);
    this.arithmetic = new ArithmeticBuilder(this, constants);
  }

  QueryBuilder queries() {
    return queries;
  }

  /** A query in parentheses, within an expression or FROM. */
  Query build(DistDbSqlParser.SubqueryContext subquery) {
    enter(SyntaxLimits.SUBQUERY_LEVELS, subquery);
    Query query = queries.build(subquery.query());
    leave(SyntaxLimits.SUBQUERY_LEVELS);
    return query;
  }

  Expr build(ExpressionContext context) {
    Deque<ExpressionContext> spine = new ArrayDeque<>();
    ExpressionContext at = context;
    int levels = 0;
    for (ExpressionContext left = left(at); left != null; left = left(at)) {
      spine.push(at);
      if (!isFlat(at) || at.getClass() != left.getClass()) {
        levels++;
      }
      at = left;
    }
    if (at instanceof DistDbSqlParser.NotContext) {
      levels++;
    }
    enter(levels, context);
    Expr result = leaf(at);
    while (!spine.isEmpty()) {
      ExpressionContext link = spine.pop();
      result = isFlat(link) ? chain(link, spine, result) : combine(link, result);
    }
    leave(levels);
    return result;
  }

  Expr build(DistDbSqlParser.ArithmeticContext context) {
    return arithmetic.build(context);
  }

  List<Expr> build(DistDbSqlParser.ExpressionListContext list) {
    List<Expr> items = new ArrayList<>(list.expression().size());
    list.expression().forEach(item -> items.add(build(item)));
    return items;
  }

  Expr build(DistDbSqlParser.ValueOrDefaultContext value) {
    return value.DEFAULT() != null ? new Expr.Default(Spans.of(value)) : build(value.expression());
  }

  void enter(int levels, org.antlr.v4.runtime.ParserRuleContext context) {
    depth += levels;
    if (depth > SyntaxLimits.EXPRESSION_DEPTH_MAX) {
      throw SyntaxLimits.expressionTooDeep(Spans.of(context));
    }
  }

  void leave(int levels) {
    depth -= levels;
  }

  private static boolean isFlat(ExpressionContext context) {
    return context instanceof DistDbSqlParser.AndContext
        || context instanceof DistDbSqlParser.OrContext;
  }

  private static ExpressionContext left(ExpressionContext context) {
    return switch (context) {
      case DistDbSqlParser.BetweenContext between -> between.expression();
      case DistDbSqlParser.InContext in -> in.expression();
      case DistDbSqlParser.LikeContext like -> like.expression();
      case DistDbSqlParser.QuantifiedLikeContext like -> like.expression(0);
      case DistDbSqlParser.OverlapsContext overlaps -> overlaps.expression(0);
      case DistDbSqlParser.QuantifiedContext quantified -> quantified.expression(0);
      case DistDbSqlParser.CompareContext compare -> compare.expression(0);
      case DistDbSqlParser.IsContext is -> is.expression();
      case DistDbSqlParser.NullTestContext test -> test.expression();
      case DistDbSqlParser.AndContext and -> and.expression(0);
      case DistDbSqlParser.OrContext or -> or.expression(0);
      default -> null;
    };
  }

  private Expr leaf(ExpressionContext context) {
    return switch (context) {
      case DistDbSqlParser.PlainContext plain -> arithmetic.build(plain.arithmetic());
      case DistDbSqlParser.NotContext not -> new Expr.Not(Spans.of(not), build(not.expression()));
      default -> throw unknown(context);
    };
  }

  /** The links of one operator from here up, as one flat node. */
  private Expr chain(ExpressionContext link, Deque<ExpressionContext> spine, Expr first) {
    List<Expr> operands = new ArrayList<>();
    operands.add(first);
    operands.add(right(link));
    ExpressionContext last = link;
    while (!spine.isEmpty() && spine.peek().getClass() == link.getClass()) {
      last = spine.pop();
      operands.add(right(last));
    }
    SourceSpan span = Spans.of(last);
    return link instanceof DistDbSqlParser.AndContext
        ? new Expr.And(span, operands)
        : new Expr.Or(span, operands);
  }

  private Expr right(ExpressionContext link) {
    return switch (link) {
      case DistDbSqlParser.AndContext and -> build(and.expression(1));
      case DistDbSqlParser.OrContext or -> build(or.expression(1));
      default -> throw unknown(link);
    };
  }

  private Expr combine(ExpressionContext context, Expr left) {
    return switch (context) {
      case DistDbSqlParser.BetweenContext between -> between(between, left);
      case DistDbSqlParser.InContext in -> in(in, left);
      case DistDbSqlParser.LikeContext like -> like(like, left);
      case DistDbSqlParser.QuantifiedLikeContext like -> quantifiedLike(like, left);
      case DistDbSqlParser.CompareContext compare -> compare(compare, left);
      case DistDbSqlParser.IsContext is -> is(is, left);
      case DistDbSqlParser.NullTestContext test -> {
        refuseAfterDistinct(test, test.expression());
        yield new Expr.IsNull(Spans.of(test), left, test.NOTNULL() != null);
      }
      case DistDbSqlParser.OverlapsContext overlaps ->
          KeywordCalls.overlaps(overlaps, left, build(overlaps.expression(1)));
      case DistDbSqlParser.QuantifiedContext quantified -> quantified(quantified, left);
      default -> throw unknown(context);
    };
  }

  private Expr between(DistDbSqlParser.BetweenContext context, Expr operand) {
    refuseRepeated(context, context.expression());
    return new Expr.Between(
        Spans.of(context),
        Spans.of(context.BETWEEN()),
        operand,
        arithmetic.build(context.arithmetic(0)),
        arithmetic.build(context.arithmetic(1)),
        context.SYMMETRIC() != null,
        context.NOT() != null);
  }

  private Expr in(DistDbSqlParser.InContext context, Expr operand) {
    refuseRepeated(context, context.expression());
    DistDbSqlParser.InOperandContext right = context.inOperand();
    if (right.subquery() != null) {
      return new Expr.InSubquery(
          Spans.of(context),
          Spans.of(context.IN()),
          operand,
          build(right.subquery()),
          context.NOT() != null);
    }
    return new Expr.InList(
        Spans.of(context),
        Spans.of(context.IN()),
        operand,
        build(right.expressionList()),
        context.NOT() != null);
  }

  private Expr like(DistDbSqlParser.LikeContext context, Expr operand) {
    refuseRepeated(context, context.expression());
    if (context.SIMILAR() != null) {
      List<Expr> pattern = new ArrayList<>();
      context.arithmetic().forEach(part -> pattern.add(arithmetic.build(part)));
      return KeywordCalls.similar(context, context.NOT() != null, operand, pattern);
    }
    Optional<Expr> escape =
        context.ESCAPE() == null
            ? Optional.empty()
            : Optional.of(arithmetic.build(context.arithmetic(1)));
    boolean ignoreCase = context.ILIKE() != null;
    return new Expr.Like(
        Spans.of(context),
        Spans.of(ignoreCase ? context.ILIKE() : context.LIKE()),
        operand,
        arithmetic.build(context.arithmetic(0)),
        escape,
        ignoreCase,
        context.NOT() != null);
  }

  private Expr compare(DistDbSqlParser.CompareContext context, Expr left) {
    if (context.expression(0) instanceof DistDbSqlParser.CompareContext) {
      throw Spans.syntaxError(context.comparison());
    }
    Expr right = build(context.expression(1));
    return new Expr.Binary(
        Spans.of(context),
        Spans.of(context.comparison()),
        operator(context.comparison()),
        left,
        right);
  }

  private static String operator(DistDbSqlParser.ComparisonContext comparison) {
    String written = comparison.getStart().getText();
    return written.equals("!=") ? "<>" : written;
  }

  /** The operators behind LIKE are {@code ~~} and, without regard to case, {@code ~~*}. */
  private Expr quantifiedLike(DistDbSqlParser.QuantifiedLikeContext context, Expr operand) {
    refuseRepeated(context, context.expression(0));
    TerminalNode word = context.ILIKE() != null ? context.ILIKE() : context.LIKE();
    String operator = (context.NOT() != null ? "!~~" : "~~") + (context.ILIKE() != null ? "*" : "");
    SourceSpan span = Spans.of(context);
    boolean all = context.ALL() != null;
    if (context.subquery() != null) {
      Query query = build(context.subquery());
      return new Expr.Quantified(span, Spans.of(word), operand, operator, all, query);
    }
    return Quantifiers.ofArray(
        span, Spans.of(word), operand, operator, all, build(context.expression(1)));
  }

  private Expr quantified(DistDbSqlParser.QuantifiedContext context, Expr operand) {
    if (context.subquery() == null) {
      return new Expr.QuantifiedArray(
          Spans.of(context),
          Spans.of(context.comparison()),
          operand,
          operator(context.comparison()),
          context.ALL() != null,
          build(context.expression(1)));
    }
    return new Expr.Quantified(
        Spans.of(context),
        Spans.of(context.comparison()),
        operand,
        operator(context.comparison()),
        context.ALL() != null,
        build(context.subquery()));
  }

  private Expr is(DistDbSqlParser.IsContext context, Expr left) {
    refuseAfterDistinct(context, context.expression());
    SourceSpan span = Spans.of(context);
    boolean negated = context.NOT() != null;
    DistDbSqlParser.IsTestContext test = context.isTest();
    if (test.NULL() != null) {
      return new Expr.IsNull(span, left, negated);
    }
    if (test.TRUE() != null || test.FALSE() != null) {
      return new Expr.IsTruth(span, left, Optional.of(test.TRUE() != null), negated);
    }
    if (test.UNKNOWN() != null) {
      return new Expr.IsTruth(span, left, Optional.empty(), negated);
    }
    if (test.DISTINCT() != null) {
      Expr right = arithmetic.build(test.arithmetic());
      return new Expr.IsDistinct(span, Spans.of(context.IS()), left, right, negated);
    }
    throw isOther(test);
  }

  private static RuntimeException isOther(DistDbSqlParser.IsTestContext test) {
    return switch (Spans.first(test).content()) {
      case "document", "json", "normalized", "nfc", "nfd", "nfkc", "nfkd" ->
          Spans.unsupported("IS " + test.getText().toUpperCase(java.util.Locale.ROOT), test);
      default -> Spans.syntaxError(test);
    };
  }

  /**
   * {@code a IS DISTINCT FROM b IS NULL} is an error in PostgreSQL, {@code a IS NULL IS NULL} not.
   */
  private static void refuseAfterDistinct(ExpressionContext context, ExpressionContext left) {
    if (left instanceof DistDbSqlParser.IsContext is && is.isTest().DISTINCT() != null) {
      throw SyntaxErrors.at(operator(context));
    }
  }

  /** These do not associate: {@code a < b < c} is an error in PostgreSQL. */
  private static void refuseRepeated(ExpressionContext context, ExpressionContext left) {
    if (precedence(context) == precedence(left)) {
      throw SyntaxErrors.at(operator(context));
    }
  }

  private static int precedence(ExpressionContext context) {
    return switch (context) {
      case DistDbSqlParser.BetweenContext between -> 1;
      case DistDbSqlParser.InContext in -> 1;
      case DistDbSqlParser.LikeContext like -> 1;
      case DistDbSqlParser.QuantifiedLikeContext like -> 1;
      case DistDbSqlParser.IsContext is -> 2;
      case DistDbSqlParser.NullTestContext test -> 2;
      default -> 0;
    };
  }

  /** The first token after the left operand. */
  private static SqlToken operator(ExpressionContext context) {
    org.antlr.v4.runtime.tree.ParseTree second = context.getChild(1);
    return Spans.token((org.antlr.v4.runtime.tree.TerminalNode) second);
  }

  private static Invariant.InvariantViolation unknown(ExpressionContext context) {
    return Invariant.unreachable("no such expression: " + context.getClass().getSimpleName());
  }
}
