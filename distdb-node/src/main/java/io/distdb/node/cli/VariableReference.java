// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

/**
 * A variable of the shell's within a text, as psql's documentation has it ("SQL Interpolation").
 *
 * @param quote {@code '} for a literal, {@code "} for a name, 0 for the value as it is
 * @param end the place after it
 */
record VariableReference(String name, char quote, int end) {
  /** The one whose colon is at {@code at}, or null: there is none. */
  static VariableReference at(String text, int at) {
    if (text.startsWith("::", at) || at + 1 >= text.length()) {
      return null;
    }
    char next = text.charAt(at + 1);
    boolean quoted = next == '\'' || next == '"';
    int start = quoted ? at + 2 : at + 1;
    int end = start;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    boolean closed = !quoted || end < text.length() && text.charAt(end) == next;
    if (end == start || !closed) {
      return null;
    }
    return new VariableReference(
        text.substring(start, end), quoted ? next : 0, quoted ? end + 1 : end);
  }

  /** What stands in its place. */
  String written(String value) {
    return switch (quote) {
      case '\'' -> literal(value);
      case '"' -> '"' + value.replace("\"", "\"\"") + '"';
      default -> value;
    };
  }

  private static String literal(String value) {
    String doubled = "'" + value.replace("'", "''") + "'";
    return value.indexOf('\\') < 0 ? doubled : "E" + doubled.replace("\\", "\\\\");
  }
}
