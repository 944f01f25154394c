// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The {@code options} of a client's startup packet (PostgreSQL's documentation, 34.1.2): settings
 * as {@code -c name=value}, {@code -cname=value} or {@code --name=value}, with spaces between them;
 * a backslash makes the next character an ordinary one.
 */
public final class StartupOptions {
  private StartupOptions() {}

  /**
   * The settings in their order, by the names as they are written, dashes in them as underscores.
   *
   * @throws DistDbException {@code SYNTAX_ERROR}: no setting; {@code FEATURE_NOT_SUPPORTED}:
   *     another switch of PostgreSQL's server program
   */
  public static Map<String, String> parse(String options) {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> words = words(options);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-c") && i + 1 < words.size()) {
        add(settings, words.get(++i));
      } else if (word.startsWith("-c") && word.length() > 2) {
        add(settings, word.substring(2));
      } else if (word.startsWith("--")) {
        add(settings, word.substring(2));
      } else if (word.startsWith("-") && word.length() > 1 && !word.equals("-c")) {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED,
            "command-line switch \"" + word + "\" of a connection is not supported");
      } else {
        throw invalid(word);
      }
    }
    return settings;
  }

  private static void add(Map<String, String> settings, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw invalid(assignment);
    }
    String name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
    settings.put(name, assignment.substring(equals + 1));
  }

  private static DistDbException invalid(String word) {
    return new DistDbException(
        ErrorCode.SYNTAX_ERROR, "invalid command-line argument for server process: " + word);
  }

  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == '\\' && i + 1 < options.length()) {
        word.append(options.charAt(++i));
      } else if (c != '\\') {
        word.append(c);
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
