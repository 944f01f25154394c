// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.ast.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Names of things and types. */
final class NameBuilder {
  private static final int TYPE_MODIFIERS_MAX = 2;

  /** The one type that its quotes tell from another. */
  private static final String INTERNAL_CHAR = "\"char\"";

  private NameBuilder() {}

  /** A rule that is one word. */
  static Name name(ParserRuleContext word) {
    SqlToken token = Spans.first(word);
    return new Name(token.span(), token.content());
  }

  static List<Name> names(DistDbSqlParser.NameListContext list) {
    List<Name> names = new ArrayList<>(list.name().size());
    list.name().forEach(name -> names.add(name(name)));
    return names;
  }

  static TableName table(DistDbSqlParser.QualifiedNameContext context) {
    List<DistDbSqlParser.NameContext> parts = context.name();
    if (parts.size() > 2) {
      throw Spans.unsupported("a name with more than two parts", context);
    }
    Name last = name(parts.getLast());
    Optional<Name> schema =
        parts.size() == 2 ? Optional.of(name(parts.getFirst())) : Optional.empty();
    return new TableName(Spans.of(context), schema, last);
  }

  static TypeName type(DistDbSqlParser.TypeNameContext context) {
    StringBuilder words = new StringBuilder();
    append(words, context.typeWords());
    List<Integer> modifiers = new ArrayList<>();
    if (context.typeModifiers() != null) {
      for (DistDbSqlParser.TypeModifierContext modifier : context.typeModifiers().typeModifier()) {
        if (modifiers.size() < TYPE_MODIFIERS_MAX) {
          int number = integer(modifier.integerNumber());
          modifiers.add(modifier.MINUS() == null ? number : -number);
        }
      }
    }
    if (context.typeZone() != null) {
      append(words, context.typeZone());
    }
    boolean array = !context.LEFT_BRACKET().isEmpty() || !context.ARRAY().isEmpty();
    return new TypeName(Spans.of(context), words.toString(), modifiers, array);
  }

  static String words(ParserRuleContext context) {
    StringBuilder words = new StringBuilder();
    append(words, context);
    return words.toString();
  }

  private static void append(StringBuilder words, ParserRuleContext context) {
    for (int i = 0; i < context.getChildCount(); i++) {
      switch (context.getChild(i)) {
        case ParserRuleContext inner -> append(words, inner);
        case org.antlr.v4.runtime.tree.TerminalNode node -> {
          boolean internal = node.getText().equals(INTERNAL_CHAR);
          String word = internal ? INTERNAL_CHAR : Spans.token(node).content();
          boolean glued = word.equals(".") || words.toString().endsWith(".");
          if (!words.isEmpty() && !glued) {
            words.append(' ');
          }
          words.append(word);
        }
        default -> throw Invariant.unreachable("parse tree of unknown make");
      }
    }
  }

  static int integer(DistDbSqlParser.IntegerNumberContext context) {
    SqlToken token = Spans.first(context);
    try {
      return Integer.parseInt(token.getText());
    } catch (NumberFormatException e) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "syntax error at or near \"" + token.getText() + "\"", e)
          .at(token.position());
    }
  }

  static SourceSpan span(List<Name> names) {
    return names.getFirst().span().to(names.getLast().span());
  }
}
