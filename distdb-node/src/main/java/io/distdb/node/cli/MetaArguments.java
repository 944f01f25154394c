// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Cuts what follows a backslash command into words, as psql does: blanks separate, single quotes
 * keep together (a doubled one is a quote, {@code \n} and {@code \t} are what they are in C),
 * {@code :name} is a variable.
 */
final class MetaArguments {
  private final String text;
  private final UnaryOperator<String> variables;
  private int at;

  private MetaArguments(String text, UnaryOperator<String> variables) {
    this.text = text;
    this.variables = variables;
  }

  /**
   * @param variables the value of a variable, or null
   * @throws DistDbException {@code SYNTAX_ERROR}: a quote is not closed
   */
  static List<String> words(String text, UnaryOperator<String> variables) {
    MetaArguments arguments = new MetaArguments(text, variables);
    List<String> words = new ArrayList<>();
    arguments.skipBlanks();
    while (arguments.at < text.length()) {
      words.add(arguments.word());
      arguments.skipBlanks();
    }
    return words;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      char c = text.charAt(at);
      VariableReference reference = c == ':' ? VariableReference.at(text, at) : null;
      String value = reference == null ? null : variables.apply(reference.name());
      if (value != null) {
        word.append(reference.written(value));
        at = reference.end();
      } else if (c == '\'') {
        quoted(word);
      } else {
        word.append(c);
        at++;
      }
    }
    return word.toString();
  }

  private void quoted(StringBuilder word) {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\'' && (at == text.length() || text.charAt(at) != '\'')) {
        return;
      }
      if (c == '\'') {
        at++;
        word.append(c);
      } else if (c == '\\' && at < text.length()) {
        word.append(escaped(text.charAt(at++)));
      } else {
        word.append(c);
      }
    }
    throw new DistDbException(ErrorCode.SYNTAX_ERROR, "unterminated quoted string");
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> c;
    };
  }
}
