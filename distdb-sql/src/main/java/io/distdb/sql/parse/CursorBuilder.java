// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.SessionStatement.CursorOptions;
import io.distdb.sql.ast.SessionStatement.Direction;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** DECLARE, FETCH, MOVE, CLOSE. Reads the words that are no keywords. */
final class CursorBuilder {
  private static final long ALL = Long.MAX_VALUE;

  private CursorBuilder() {}

  // --- DECLARE ---

  static SessionStatement declare(
      DistDbSqlParser.DeclareCursorContext context, Statement.QueryStatement query, String text) {
    List<DistDbSqlParser.CursorWordContext> words = context.cursorWord();
    requireWord(words.getLast(), "cursor");
    boolean binary = false;
    boolean insensitive = false;
    boolean asensitive = false;
    Optional<Boolean> scroll = Optional.empty();
    for (int i = 0; i < words.size() - 1; i++) {
      boolean no = words.get(i).NO() != null;
      if (no) {
        requireWord(words.get(i + 1), "scroll");
        i++;
      }
      switch (word(words.get(i))) {
        case "binary" -> binary = true;
        case "insensitive" -> insensitive = true;
        case "asensitive" -> asensitive = true;
        case "scroll" -> {
          checkBoth(scroll.isPresent() && scroll.get() == no, "SCROLL and NO SCROLL", context);
          scroll = Optional.of(!no);
        }
        default -> throw Spans.syntaxError(words.get(i));
      }
    }
    checkBoth(insensitive && asensitive, "ASENSITIVE and INSENSITIVE", context);
    return new SessionStatement.DeclareCursor(
        Spans.of(context),
        NameBuilder.name(context.name(0)),
        new CursorOptions(binary, insensitive, asensitive, scroll, hold(context)),
        query,
        text);
  }

  private static boolean hold(DistDbSqlParser.DeclareCursorContext context) {
    if (context.name().size() < 2) {
      return false;
    }
    requireWord(context.name(1), "hold");
    return context.WITH() != null;
  }

  private static void checkBoth(boolean both, String what, ParserRuleContext context) {
    if (both) {
      throw new DistDbException(ErrorCode.INVALID_CURSOR_DEFINITION, "cannot specify both " + what)
          .at(Spans.of(context).position());
    }
  }

  private static String word(ParserRuleContext context) {
    return context.getText().toLowerCase(Locale.ROOT);
  }

  private static void requireWord(ParserRuleContext context, String wanted) {
    if (!word(context).equals(wanted)) {
      throw Spans.syntaxError(context);
    }
  }

  // --- FETCH and MOVE ---

  private record Way(Direction direction, long count) {}

  static SessionStatement fetch(DistDbSqlParser.FetchCursorContext context) {
    List<DistDbSqlParser.FetchWordContext> words = context.fetchWord();
    if (!words.isEmpty() && (words.getLast().FROM() != null || words.getLast().IN() != null)) {
      words = words.subList(0, words.size() - 1);
    }
    Way way = way(words);
    SourceSpan span = Spans.of(context);
    Name name = NameBuilder.name(context.name());
    boolean move = context.MOVE() != null;
    return new SessionStatement.FetchCursor(span, name, way.direction, way.count, move);
  }

  private static Way way(List<DistDbSqlParser.FetchWordContext> words) {
    if (words.isEmpty()) {
      return new Way(Direction.FORWARD, 1);
    }
    DistDbSqlParser.FetchWordContext first = words.getFirst();
    if (first.ALL() != null || first.INTEGER_NUMBER() != null) {
      requireEnd(words, 1);
      return new Way(Direction.FORWARD, count(first));
    }
    Direction direction = direction(first);
    switch (word(first)) {
      case "next", "prior", "first", "last" -> {
        requireEnd(words, 1);
        return new Way(direction, word(first).equals("last") ? -1 : 1);
      }
      case "absolute", "relative" -> {
        if (words.size() < 2 || words.get(1).INTEGER_NUMBER() == null) {
          throw Spans.syntaxError(words.getLast());
        }
      }
      default -> {
        if (words.size() == 1) {
          return new Way(direction, 1);
        }
      }
    }
    requireEnd(words, 2);
    return new Way(direction, count(words.get(1)));
  }

  private static Direction direction(DistDbSqlParser.FetchWordContext word) {
    return switch (word(word)) {
      case "next", "forward" -> Direction.FORWARD;
      case "prior", "backward" -> Direction.BACKWARD;
      case "first", "last", "absolute" -> Direction.ABSOLUTE;
      case "relative" -> Direction.RELATIVE;
      default -> throw Spans.syntaxError(word);
    };
  }

  private static void requireEnd(List<DistDbSqlParser.FetchWordContext> words, int size) {
    if (words.size() > size) {
      throw Spans.syntaxError(words.get(size));
    }
  }

  private static long count(DistDbSqlParser.FetchWordContext word) {
    if (word.ALL() != null) {
      return ALL;
    }
    if (word.INTEGER_NUMBER() == null) {
      throw Spans.syntaxError(word);
    }
    try {
      return Integer.parseInt(word.getText());
    } catch (NumberFormatException beyond) {
      throw Spans.syntaxError(word);
    }
  }

  // --- CLOSE ---

  static SessionStatement close(DistDbSqlParser.CloseCursorContext context) {
    Optional<Name> name = Optional.ofNullable(context.name()).map(NameBuilder::name);
    return new SessionStatement.CloseCursor(Spans.of(context), name);
  }
}
