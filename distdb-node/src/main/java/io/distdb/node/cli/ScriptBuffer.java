// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Cuts lines of text into statements at semicolons that are outside quotes, comments and dollar
 * quotes, as PostgreSQL's lexical rules define them. A line that begins with a backslash, where no
 * statement is pending, is a command to the shell.
 */
final class ScriptBuffer {
  /** A piece of a script that can be run. */
  sealed interface Item {
    /** Where it begins, from 1. */
    int line();
  }

  /** One statement, without its semicolon; may be empty. */
  record Statement(String text, int line) implements Item {}

  /** A backslash command, without what is around it. */
  record Meta(String text, int line) implements Item {}

  /**
   * A statement that a backslash command sends.
   *
   * @param command {@code \\g} or {@code \\gx}, with what follows it
   */
  record Sent(String text, int line, String command) implements Item {}

  /**
   * A statement that is to be edited.
   *
   * @param text what is pending; empty: the last one
   * @param file to edit in its place; or empty
   */
  record Edit(String text, int line, String file) implements Item {}

  private enum State {
    PLAIN,
    QUOTED,
    ESCAPE_QUOTED,
    IDENTIFIER,
    BLOCK_COMMENT,
    DOLLAR_QUOTED
  }

  private final Consumer<Item> sink;
  private final UnaryOperator<String> variables;
  private final StringBuilder pending = new StringBuilder();
  private State state = State.PLAIN;
  private int commentDepth;
  private String dollarTag = "";
  private boolean hasContent;
  private int firstLine;
  private int lineNumber;

  ScriptBuffer(Consumer<Item> sink) {
    this(sink, name -> null);
  }

  /**
   * @param variables what {@code :name} stands for, or null: it stays as it is
   */
  ScriptBuffer(Consumer<Item> sink, UnaryOperator<String> variables) {
    this.sink = sink;
    this.variables = variables;
  }

  /** The statement so far. */
  String pendingText() {
    return isPending() ? pending.toString() : "";
  }

  /** True when text was added that no semicolon has ended yet. */
  boolean isPending() {
    return hasContent || state != State.PLAIN;
  }

  /** What the next line continues, as psql's prompt shows it: {@code =}, {@code -}, {@code '}, … */
  char prompt() {
    return switch (state) {
      case PLAIN -> isPending() ? '-' : '=';
      case QUOTED, ESCAPE_QUOTED -> '\'';
      case IDENTIFIER -> '"';
      case BLOCK_COMMENT -> '*';
      case DOLLAR_QUOTED -> '$';
    };
  }

  /** Adds one line, without its line end. */
  void line(String line) {
    lineNumber++;
    if (!isPending() && line.stripLeading().startsWith("\\")) {
      reset();
      alone(line.strip());
      return;
    }
    for (int at = 0; at < line.length(); ) {
      at = step(line, at);
    }
    pending.append('\n');
  }

  /** A line that is none of a statement: it counts, and nothing else. */
  String passed(String line) {
    lineNumber++;
    return line;
  }

  /** The text is over: what is pending is a statement without a semicolon. */
  void end() {
    if (isPending()) {
      finishStatement();
    }
    reset();
  }

  /** Forgets what is pending. */
  void reset() {
    pending.setLength(0);
    state = State.PLAIN;
    hasContent = false;
  }

  /** Takes the character at {@code at}, and those that belong to it; where to go on. */
  private int step(String line, int at) {
    return switch (state) {
      case PLAIN -> plain(line, at);
      case QUOTED -> until(line, at, '\'');
      case IDENTIFIER -> until(line, at, '"');
      case ESCAPE_QUOTED -> line.charAt(at) == '\\' ? take(line, at, 2) : until(line, at, '\'');
      case BLOCK_COMMENT -> blockComment(line, at);
      case DOLLAR_QUOTED -> dollarQuoted(line, at);
    };
  }

  private int plain(String line, int at) {
    char c = line.charAt(at);
    if (c == ';') {
      finishStatement();
      return at + 1;
    }
    if (line.startsWith("--", at)) {
      return take(line, at, line.length() - at);
    }
    if (line.startsWith("/*", at)) {
      commentDepth = 1;
      state = State.BLOCK_COMMENT;
      return take(line, at, 2);
    }
    if (c == '\\') {
      return backslash(line, at);
    }
    if (!hasContent && !Character.isWhitespace(c)) {
      hasContent = true;
      firstLine = lineNumber;
      pending.setLength(0);
    }
    switch (c) {
      case '\'' -> state = isEscapePrefix(line, at - 1) ? State.ESCAPE_QUOTED : State.QUOTED;
      case '"' -> state = State.IDENTIFIER;
      case ':' -> {
        return variable(line, at);
      }
      case '$' -> {
        String tag = dollarTag(line, at);
        if (tag != null) {
          dollarTag = tag;
          state = State.DOLLAR_QUOTED;
          return take(line, at, tag.length());
        }
      }
      default -> {}
    }
    return take(line, at, 1);
  }

  /** A command in the midst of a line, up to the line's end. */
  private int backslash(String line, int at) {
    String command = line.substring(at).strip();
    switch (command.split("\\s", 2)[0]) {
      case "\\g", "\\gx" -> {
        String text = hasContent ? pending.toString().stripTrailing() : "";
        int first = hasContent ? firstLine : lineNumber;
        reset();
        sink.accept(new Sent(text, first, command));
      }
      case "\\e", "\\edit" -> {
        String text = hasContent ? pending.toString() : "";
        reset();
        edit(text, command);
      }
      case "\\r", "\\reset" -> reset();
      default -> sink.accept(new Meta(command, lineNumber));
    }
    return line.length();
  }

  /** A command with no statement before it. */
  private void alone(String command) {
    if (command.matches("\\\\e(dit)?(\\s.*)?")) {
      edit("", command);
    } else {
      sink.accept(new Meta(command, lineNumber));
    }
  }

  private void edit(String text, String command) {
    String[] parts = command.split("\\s+", 2);
    sink.accept(new Edit(text, lineNumber, parts.length > 1 ? parts[1] : ""));
  }

  /** {@code :name}, {@code :'name'} or {@code :"name"}; {@code ::} is a cast. */
  private int variable(String line, int at) {
    VariableReference reference = VariableReference.at(line, at);
    String value = reference == null ? null : variables.apply(reference.name());
    if (value == null) {
      return take(line, at, line.startsWith("::", at) ? 2 : 1);
    }
    pending.append(reference.written(value));
    return reference.end();
  }

  private static boolean isEscapePrefix(String line, int at) {
    return at >= 0
        && (line.charAt(at) == 'e' || line.charAt(at) == 'E')
        && (at == 0 || !isWordPart(line.charAt(at - 1)));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  /** {@code $tag$} at {@code at}, or null: {@code $1} is a parameter, {@code a$b} a name. */
  private static String dollarTag(String line, int at) {
    if (at > 0 && isWordPart(line.charAt(at - 1))) {
      return null;
    }
    int end = at + 1;
    while (end < line.length() && isWordPart(line.charAt(end)) && line.charAt(end) != '$') {
      end++;
    }
    boolean closed = end < line.length() && line.charAt(end) == '$';
    boolean named = end == at + 1 || !Character.isDigit(line.charAt(at + 1));
    return closed && named ? line.substring(at, end + 1) : null;
  }

  /** Within quotes, of which a doubled one is a part. */
  private int until(String line, int at, char quote) {
    int end = at;
    while (end < line.length() && line.charAt(end) != quote) {
      if (state == State.ESCAPE_QUOTED && line.charAt(end) == '\\') {
        return take(line, at, end - at);
      }
      end++;
    }
    if (end + 1 < line.length() && line.charAt(end + 1) == quote) {
      return take(line, at, end + 2 - at);
    }
    if (end < line.length()) {
      state = State.PLAIN;
      end++;
    }
    return take(line, at, end - at);
  }

  private int blockComment(String line, int at) {
    if (line.startsWith("/*", at)) {
      commentDepth++;
      return take(line, at, 2);
    }
    if (line.startsWith("*/", at)) {
      commentDepth--;
      if (commentDepth == 0) {
        state = State.PLAIN;
      }
      return take(line, at, 2);
    }
    return take(line, at, 1);
  }

  private int dollarQuoted(String line, int at) {
    int end = line.indexOf(dollarTag, at);
    if (end < 0) {
      return take(line, at, line.length() - at);
    }
    state = State.PLAIN;
    return take(line, at, end + dollarTag.length() - at);
  }

  private int take(String line, int at, int count) {
    int end = Math.min(line.length(), at + count);
    pending.append(line, at, end);
    return end;
  }

  private void finishStatement() {
    String text = hasContent ? pending.toString().stripTrailing() : "";
    int line = hasContent ? firstLine : lineNumber;
    reset();
    if (!text.isEmpty()) {
      sink.accept(new Statement(text, line));
    }
  }
}
