// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.NumberText;
import io.distdb.sql.ast.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;

/** Calls that SQL writes with words of their own; they become plain calls. */
final class KeywordCalls {
  private final ExpressionBuilder expressions;

  KeywordCalls(ExpressionBuilder expressions) {
    this.expressions = expressions;
  }

  static Expr.Call call(String name, ParserRuleContext context, List<Expr> arguments) {
    return call(name, Spans.of(context), arguments);
  }

  private static Expr.Call call(String name, SourceSpan span, List<Expr> arguments) {
    return new Expr.Call(span, new Name(span, name), arguments, false, false);
  }

  /** {@code f(x FROM a FOR b)}: extract, overlay, substring, trim. */
  Expr.Call listed(
      DistDbSqlParser.FunctionCallContext context,
      Name function,
      DistDbSqlParser.ListedArgumentsContext arguments) {
    List<DistDbSqlParser.KeywordArgumentContext> keywords = arguments.keywordArgument();
    if (arguments.functionArgument().size() != 1 || arguments.functionArgument(0).name() != null) {
      throw refused(function, arguments);
    }
    DistDbSqlParser.ExpressionContext first = arguments.functionArgument(0).expression();
    Expr from = keyword(keywords, DistDbSqlParser.FROM);
    Expr length = keyword(keywords, DistDbSqlParser.FOR);
    Expr placing = keyword(keywords, DistDbSqlParser.PLACING);
    return switch (function.text()) {
      case "extract" -> {
        if (from == null || keywords.size() != 1) {
          throw refused(function, arguments);
        }
        yield call("extract", context, List.of(field(expressions.build(first)), from));
      }
      case "substring" -> {
        if (placing != null) {
          throw refused(function, arguments);
        }
        yield substring(context, expressions.build(first), from, length);
      }
      case "overlay" -> {
        if (placing == null || from == null) {
          throw refused(function, arguments);
        }
        List<Expr> all = new ArrayList<>(List.of(expressions.build(first), placing, from));
        if (length != null) {
          all.add(length);
        }
        yield call("overlay", context, all);
      }
      case "trim" -> {
        if (from == null || keywords.size() != 1) {
          throw refused(function, arguments);
        }
        yield call("btrim", context, List.of(from, expressions.build(first)));
      }
      default -> throw refused(function, arguments);
    };
  }

  /** The field of EXTRACT is a name or a text. */
  private static Expr field(Expr written) {
    return written instanceof Expr.Column column && column.table().isEmpty()
        ? new Expr.StringConstant(column.span(), column.name().text())
        : written;
  }

  /** Without FROM it starts at the first character. */
  private static Expr.Call substring(ParserRuleContext context, Expr text, Expr from, Expr length) {
    if (from != null) {
      return call(
          "substring", context, length == null ? List.of(text, from) : List.of(text, from, length));
    }
    SourceSpan span = Spans.of(context);
    Expr one = new Expr.NumberConstant(span, NumberText.of("1", false));
    return call("substring", context, List.of(text, one, length));
  }

  private Expr keyword(List<DistDbSqlParser.KeywordArgumentContext> all, int token) {
    Expr found = null;
    for (DistDbSqlParser.KeywordArgumentContext argument : all) {
      if (argument.getStart().getType() == token) {
        if (found != null) {
          throw new DistDbException(
                  ErrorCode.SYNTAX_ERROR,
                  "syntax error at or near \"" + argument.getStart().getText() + "\"")
              .at(Spans.of(argument).position());
        }
        found = expressions.build(argument.expression());
      }
    }
    return found;
  }

  /** {@code trim(LEADING 'x' FROM y)}. */
  Expr.Call trim(
      DistDbSqlParser.FunctionCallContext context,
      Name function,
      DistDbSqlParser.TrimArgumentsContext arguments) {
    Expr from = keyword(arguments.keywordArgument(), DistDbSqlParser.FROM);
    if (!function.text().equals("trim") || from == null || arguments.keywordArgument().size() > 1) {
      throw refused(function, arguments);
    }
    String name =
        arguments.BOTH() != null ? "btrim" : arguments.LEADING() != null ? "ltrim" : "rtrim";
    return call(
        name,
        context,
        arguments.expression() == null
            ? List.of(from)
            : List.of(from, expressions.build(arguments.expression())));
  }

  static RuntimeException refused(
      Name function, DistDbSqlParser.FunctionArgumentsContext arguments) {
    return Spans.unsupported(
        function.text().toUpperCase(Locale.ROOT) + " with keywords among its arguments", arguments);
  }

  /** GREATEST and LEAST. */
  Expr.Call special(DistDbSqlParser.SpecialCallContext context) {
    String name = context.GREATEST() != null ? "greatest" : "least";
    return call(name, context, expressions.build(context.expressionList()));
  }

  /** {@code CURRENT_DATE} and the like are functions without arguments. */
  Expr.Call sessionValue(DistDbSqlParser.SessionValueContext context, Constants constants) {
    String name = context.getStart().getText().toLowerCase(Locale.ROOT);
    if (name.equals("current_time") || name.equals("system_user")) {
      throw Spans.unsupported(name.toUpperCase(Locale.ROOT), context);
    }
    List<DistDbSqlParser.BalancedContext> inner = context.balanced();
    if (context.LEFT_PAREN() == null) {
      return call(name, context, List.of());
    }
    boolean timed =
        name.equals("current_timestamp")
            || name.equals("localtime")
            || name.equals("localtimestamp");
    boolean plain = name.equals("current_schema") && inner.isEmpty();
    if (plain) {
      return call(name, context, List.of());
    }
    if (!timed
        || inner.size() != 1
        || inner.get(0).getStart().getType() != DistDbSqlParser.INTEGER_NUMBER) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR,
              "syntax error at or near \"" + context.LEFT_PAREN().getText() + "\"")
          .at(Spans.of(context.LEFT_PAREN()).position());
    }
    return call(name, context, List.of(constants.number((SqlToken) inner.get(0).getStart())));
  }

  /** {@code (a, b) OVERLAPS (c, d)}. */
  static Expr.Call overlaps(DistDbSqlParser.OverlapsContext context, Expr left, Expr right) {
    List<Expr> all = new ArrayList<>();
    for (Expr side : List.of(left, right)) {
      if (!(side instanceof Expr.Row row) || row.fields().size() != 2) {
        throw new DistDbException(
                ErrorCode.SYNTAX_ERROR,
                "wrong number of parameters on "
                    + (side == left ? "left" : "right")
                    + " side of OVERLAPS expression")
            .at(side.span().position());
      }
      all.addAll(row.fields());
    }
    return call("overlaps", context, all);
  }

  /** {@code text ~ similar_to_escape(pattern, escape)}. */
  static Expr similar(
      DistDbSqlParser.LikeContext context, boolean negated, Expr text, List<Expr> pattern) {
    return new Expr.Binary(
        Spans.of(context),
        Spans.of(context.SIMILAR()),
        negated ? "!~" : "~",
        text,
        call("similar_to_escape", context, pattern));
  }
}
