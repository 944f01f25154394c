// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays from text (PostgreSQL documentation, 8.15.2): {@code {1,NULL,"a b"}}, {@code {{1},{2}}},
 * {@code [0:1]={1,2}}.
 */
final class ArrayInput {
  private static final int INFERRED = -1;

  private final String text;
  private final SqlType elementType;
  private final Environment environment;
  private final List<Value> elements = new ArrayList<>();

  /** For each depth the length of its first brace pair. */
  private final List<Integer> lengths = new ArrayList<>();

  private int at;

  /** The depth at which elements stand, once one was seen. */
  private int elementDepth = INFERRED;

  private ArrayInput(String text, SqlType elementType, Environment environment) {
    this.text = text;
    this.elementType = elementType;
    this.environment = environment;
  }

  static SqlArray read(String text, SqlType elementType, Environment environment) {
    return new ArrayInput(text, elementType, environment).read();
  }

  private SqlArray read() {
    skipSpaces();
    List<SqlArray.Dimension> declared = declared();
    if (at == text.length() || text.charAt(at) != '{') {
      throw malformed(
          declared.isEmpty()
              ? "Array value must start with \"{\" or dimension information."
              : "Array contents must start with \"{\".");
    }
    level(0);
    skipSpaces();
    if (at < text.length()) {
      throw malformed("Junk after closing right brace.");
    }
    return new SqlArray(elementType, dimensions(declared), elements);
  }

  private List<SqlArray.Dimension> dimensions(List<SqlArray.Dimension> declared) {
    if (elements.isEmpty()) {
      return List.of();
    }
    List<SqlArray.Dimension> found = new ArrayList<>();
    for (int length : lengths) {
      found.add(new SqlArray.Dimension(1, length));
    }
    if (declared.isEmpty()) {
      return found;
    }
    boolean same = declared.size() == found.size();
    for (int i = 0; i < found.size() && same; i++) {
      same = declared.get(i).length() == found.get(i).length();
    }
    if (!same) {
      throw malformed("Specified array dimensions do not match array contents.");
    }
    return declared;
  }

  /** {@code [1:2][0:3]=}. */
  private List<SqlArray.Dimension> declared() {
    List<SqlArray.Dimension> declared = new ArrayList<>();
    while (at < text.length() && text.charAt(at) == '[') {
      at++;
      int first = bound();
      int last = first;
      if (at < text.length() && text.charAt(at) == ':') {
        at++;
        last = bound();
      } else {
        first = 1;
      }
      if (at == text.length() || text.charAt(at) != ']') {
        throw malformed("Missing \"]\" after array dimensions.");
      }
      at++;
      if (last < first) {
        throw new DistDbException(
            ErrorCode.ARRAY_SUBSCRIPT_ERROR, "upper bound cannot be less than lower bound");
      }
      declared.add(new SqlArray.Dimension(first, last - first + 1));
    }
    if (!declared.isEmpty()) {
      skipSpaces();
      if (at == text.length() || text.charAt(at) != '=') {
        throw malformed("Missing \"=\" after array dimensions.");
      }
      at++;
      skipSpaces();
    }
    return declared;
  }

  private int bound() {
    int start = at;
    while (at < text.length() && "+-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Integer.parseInt(text.substring(start, at));
    } catch (NumberFormatException none) {
      throw malformed("\"[\" must introduce explicitly-specified array dimensions.");
    }
  }

  /** A pair of braces; {@code at} is on the left one. */
  private void level(int depth) {
    if (depth >= SqlArray.DIMENSIONS_MAX) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "number of array dimensions ("
              + (depth + 1)
              + ") exceeds the maximum allowed ("
              + SqlArray.DIMENSIONS_MAX
              + ")");
    }
    at++;
    int count = 0;
    skipSpaces();
    boolean first = lengths.size() == depth;
    if (first) {
      lengths.add(INFERRED);
    }
    if (peek() == '}') {
      at++;
    } else {
      do {
        item(depth);
        count++;
        skipSpaces();
      } while (continues());
    }
    if (lengths.get(depth) == INFERRED) {
      lengths.set(depth, count);
    } else if (lengths.get(depth) != count) {
      throw malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
    }
  }

  private void item(int depth) {
    skipSpaces();
    if (peek() == '{') {
      if (elementDepth == depth) {
        throw malformed("Unexpected \"{\" character.");
      }
      level(depth + 1);
      return;
    }
    if (elementDepth == INFERRED) {
      elementDepth = depth;
    }
    if (elementDepth != depth || lengths.size() > depth + 1) {
      throw malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
    }
    elements.add(peek() == '"' ? quoted() : bare());
  }

  private boolean continues() {
    char c = peek();
    at++;
    if (c != ',' && c != '}') {
      throw malformed("Unexpected array element.");
    }
    return c == ',';
  }

  private char peek() {
    if (at == text.length()) {
      throw malformed("Unexpected end of input.");
    }
    return text.charAt(at);
  }

  private Value quoted() {
    StringBuilder out = new StringBuilder();
    at++;
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
      }
      out.append(peek());
      at++;
    }
    at++;
    return TypeInput.read(out.toString(), elementType, environment);
  }

  private Value bare() {
    StringBuilder out = new StringBuilder();
    int significant = 0;
    boolean escaped = false;
    while (peek() != ',' && peek() != '}') {
      char c = peek();
      if (c == '"' || c == '{') {
        throw malformed(c == '"' ? "Unexpected array element." : "Unexpected \"{\" character.");
      }
      if (c == '\\') {
        at++;
        escaped = true;
        out.append(peek());
        significant = out.length();
      } else {
        out.append(c);
        significant = TypeInput.isSpace(c) ? significant : out.length();
      }
      at++;
    }
    String word = out.substring(0, significant);
    if (word.isEmpty()) {
      throw malformed("Unexpected \"" + peek() + "\" character.");
    }
    return word.equalsIgnoreCase("null") && !escaped
        ? Value.NULL
        : TypeInput.read(word, elementType, environment);
  }

  private void skipSpaces() {
    while (at < text.length() && TypeInput.isSpace(text.charAt(at))) {
      at++;
    }
  }

  private DistDbException malformed(String detail) {
    return new DistDbException(
            ErrorCode.INVALID_TEXT_REPRESENTATION, "malformed array literal: \"" + text + "\"")
        .withDetail(detail);
  }
}
