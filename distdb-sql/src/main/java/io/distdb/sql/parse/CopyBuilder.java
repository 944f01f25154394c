// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.CopyStatement.CopyOption;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** COPY. */
final class CopyBuilder {
  private final ExpressionBuilder expressions;

  CopyBuilder(ExpressionBuilder expressions) {
    this.expressions = expressions;
  }

  CopyStatement build(DistDbSqlParser.CopyContext context) {
    boolean from = context.FROM() != null;
    if (from && context.subquery() != null) {
      throw SyntaxErrors.at(Spans.token(context.FROM()));
    }
    if (!from && context.WHERE() != null) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "WHERE clause not allowed with COPY TO")
          .at(Spans.token(context.WHERE()).position());
    }
    List<CopyOption> options = new ArrayList<>();
    context.copyOption().forEach(option -> options.add(option(option)));
    new Words(context.copyWord()).read(options);
    return new CopyStatement(
        Spans.of(context),
        Optional.ofNullable(context.qualifiedName()).map(NameBuilder::table),
        context.nameList() == null ? List.of() : NameBuilder.names(context.nameList()),
        Optional.ofNullable(context.subquery()).map(expressions::build),
        from,
        file(context.copyPlace(), from),
        options,
        Optional.ofNullable(context.expression()).map(expressions::build));
  }

  private static Optional<String> file(DistDbSqlParser.CopyPlaceContext context, boolean from) {
    if (context.name() == null) {
      return Optional.of(Spans.token(context.STRING()).content());
    }
    String word = lower(NameBuilder.name(context.name()).text());
    if (word.equals("program") && context.STRING() != null) {
      throw Spans.unsupported("COPY … PROGRAM", context);
    }
    boolean stream = word.equals("stdin") || word.equals("stdout");
    if (!stream || context.STRING() != null) {
      throw Spans.syntaxError(context);
    }
    return Optional.empty();
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private static CopyOption option(DistDbSqlParser.CopyOptionContext context) {
    String name = lower(NameBuilder.name(context.label()).text());
    DistDbSqlParser.CopyValueContext value = context.copyValue();
    if (value == null) {
      return new CopyOption(Spans.of(context), name, Optional.empty(), List.of(), false);
    }
    if (value.nameList() != null) {
      List<Name> columns = NameBuilder.names(value.nameList());
      return new CopyOption(Spans.of(context), name, Optional.empty(), columns, false);
    }
    if (value.STAR() != null) {
      return new CopyOption(Spans.of(context), name, Optional.empty(), List.of(), true);
    }
    String text = Spans.first(value).content();
    return new CopyOption(Spans.of(context), name, Optional.of(text), List.of(), false);
  }

  /** Options without parentheses: {@code CSV HEADER NULL AS 'x' FORCE QUOTE a, b}. */
  private static final class Words {
    private final List<DistDbSqlParser.CopyWordContext> words;
    private int next;

    Words(List<DistDbSqlParser.CopyWordContext> words) {
      this.words = words;
    }

    void read(List<CopyOption> options) {
      while (next < words.size()) {
        options.add(option());
      }
    }

    private SqlToken peek() {
      return next < words.size() ? Spans.first(words.get(next)) : null;
    }

    private boolean accept(String word) {
      boolean found =
          peek() != null
              && words.get(next).STRING() == null
              && lower(peek().getText()).equals(word);
      next += found ? 1 : 0;
      return found;
    }

    private CopyOption option() {
      SqlToken start = peek();
      if (words.get(next).STRING() != null) {
        throw SyntaxErrors.at(start);
      }
      next++;
      return switch (lower(start.getText())) {
        case "binary", "csv" -> valued(start, "format", lower(start.getText()));
        case "freeze", "header" ->
            new CopyOption(
                start.span(), lower(start.getText()), Optional.empty(), List.of(), false);
        case "delimiter", "delimiters", "null", "quote", "escape", "encoding" -> {
          accept("as");
          String name = lower(start.getText());
          yield valued(start, name.equals("delimiters") ? "delimiter" : name, string());
        }
        case "force" -> force(start);
        default -> throw SyntaxErrors.at(start);
      };
    }

    private static CopyOption valued(SqlToken start, String name, String value) {
      return new CopyOption(start.span(), name, Optional.of(value), List.of(), false);
    }

    private String string() {
      if (next >= words.size() || words.get(next).STRING() == null) {
        throw peek() == null ? SyntaxErrors.at(last()) : SyntaxErrors.at(peek());
      }
      return Spans.first(words.get(next++)).content();
    }

    private SqlToken last() {
      return Spans.first(words.getLast());
    }

    private CopyOption force(SqlToken start) {
      String name;
      if (accept("quote")) {
        name = "force_quote";
      } else if (accept("not") && accept("null")) {
        name = "force_not_null";
      } else if (accept("null")) {
        name = "force_null";
      } else {
        throw SyntaxErrors.at(start);
      }
      SourceSpan span = start.span();
      if (name.equals("force_quote") && accept("*")) {
        return new CopyOption(span, name, Optional.empty(), List.of(), true);
      }
      List<Name> columns = new ArrayList<>();
      do {
        if (next >= words.size() || words.get(next).name() == null) {
          throw SyntaxErrors.at(peek() == null ? last() : peek());
        }
        columns.add(NameBuilder.name(words.get(next++).name()));
      } while (accept(","));
      return new CopyOption(span, name, Optional.empty(), columns, false);
    }
  }
}
