// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code \\copy} is told: a COPY whose file is the shell's. Everything but the file stays as
 * it was written.
 *
 * @param sql a COPY of STDIN or STDOUT
 * @param from whether rows come in
 * @param file absent: the shell's own input or output
 * @param ofProgram whether that is the program's, {@code PSTDIN}, also within a script
 */
record CopyCommand(String sql, boolean from, Optional<Path> file, boolean ofProgram) {
  CopyCommand(String sql, boolean from, Optional<Path> file) {
    this(sql, from, file, false);
  }

  static CopyCommand parse(String line) {
    return new Parser(line.strip()).parse();
  }

  private static final class Parser {
    private static final String COMMAND = "\\copy";

    private final String text;
    private int at = COMMAND.length();

    Parser(String text) {
      this.text = text;
    }

    CopyCommand parse() {
      int start = at;
      String direction = skipToDirection();
      String target = text.substring(start, at - direction.length()).strip();
      if (direction.isEmpty() || target.isEmpty()) {
        throw wrong();
      }
      boolean from = direction.equalsIgnoreCase("from");
      String place = place();
      String options = text.substring(at).strip();
      while (options.endsWith(";")) {
        options = options.substring(0, options.length() - 1).strip();
      }
      String sql = "COPY " + target + (from ? " FROM STDIN " : " TO STDOUT ") + options;
      String word = place.toLowerCase(Locale.ROOT);
      boolean stream =
          switch (word) {
            case "stdin", "stdout", "pstdin", "pstdout" -> true;
            default -> false;
          };
      Optional<Path> file =
          stream ? Optional.empty() : Optional.of(MetaCommands.path(unquoted(place)));
      return new CopyCommand(sql.strip(), from, file, stream && word.startsWith("p"));
    }

    /** Passes names and parentheses; returns FROM or TO, or nothing. */
    private String skipToDirection() {
      int depth = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
          skipQuoted(c);
        } else if (Character.isLetter(c) || c == '_') {
          String word = word();
          if (depth == 0 && (word.equalsIgnoreCase("from") || word.equalsIgnoreCase("to"))) {
            return word;
          }
        } else {
          depth += c == '(' ? 1 : c == ')' ? -1 : 0;
          at++;
        }
      }
      return "";
    }

    private void skipQuoted(char quote) {
      int end = text.indexOf(quote, at + 1);
      if (end < 0) {
        throw wrong();
      }
      at = end + 1;
    }

    private String word() {
      int start = at;
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || "_$".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
      return text.substring(start, at);
    }

    /** A file in quotes, or up to the next blank. */
    private String place() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      int start = at;
      if (at < text.length() && text.charAt(at) == '\'') {
        do {
          skipQuoted('\'');
        } while (at < text.length() && text.charAt(at) == '\'');
      } else {
        while (at < text.length()
            && !Character.isWhitespace(text.charAt(at))
            && text.charAt(at) != ';') {
          at++;
        }
      }
      if (at == start) {
        throw wrong();
      }
      return text.substring(start, at);
    }

    private static String unquoted(String place) {
      return place.startsWith("'")
          ? place.substring(1, place.length() - 1).replace("''", "'")
          : place;
    }

    private DistDbException wrong() {
      return new DistDbException(
              ErrorCode.SYNTAX_ERROR, "\\copy: cannot understand \"" + shortened() + "\"")
          .withHint("\\copy TABLE [(COLUMN, ...)] FROM|TO 'FILE' [CSV] [HEADER] [OPTION ...]");
    }

    private String shortened() {
      return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
  }
}
