// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes JSON (RFC 8259), laid out as PostgreSQL lays out its plans. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** Whether nothing stands in the innermost open object or array. */
  private boolean first = true;

  /**
   * Begins what stands in an array, or all.
   *
   * @param bracket an opening one
   */
  void open(char bracket) {
    newLine();
    push(bracket);
  }

  void open(String name, char bracket) {
    name(name);
    push(bracket);
  }

  /**
   * @param bracket the closing one
   */
  void close(char bracket) {
    depth--;
    if (!first) {
      text.append('\n').append("  ".repeat(depth));
    }
    text.append(bracket);
    first = false;
  }

  void string(String name, String value) {
    name(name);
    text.append(quoted(value));
  }

  /** On one line. */
  void strings(String name, List<String> values) {
    name(name);
    text.append(values.stream().map(JsonText::quoted).collect(Collectors.joining(", ", "[", "]")));
  }

  void whole(String name, long value) {
    name(name);
    text.append(value);
  }

  void bool(String name, boolean value) {
    name(name);
    text.append(value);
  }

  /**
   * @param digits behind the point
   */
  void decimal(String name, double value, int digits) {
    name(name);
    text.append(String.format(Locale.ROOT, "%." + digits + "f", value));
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void push(char bracket) {
    text.append(bracket);
    depth++;
    first = true;
  }

  private void name(String name) {
    newLine();
    text.append(quoted(name)).append(": ");
  }

  private void newLine() {
    if (!first) {
      text.append(',');
    }
    if (depth > 0) {
      text.append('\n').append("  ".repeat(depth));
    }
    first = false;
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ') {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
