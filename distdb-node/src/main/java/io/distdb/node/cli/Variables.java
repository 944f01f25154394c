// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The shell's variables: {@code \set}, {@code -v}, {@code :name}. */
final class Variables {
  static final String ON_ERROR_STOP = "ON_ERROR_STOP";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]+");

  /** psql's, which would change what it does. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "AUTOCOMMIT",
          "COMP_KEYWORD_CASE",
          "ECHO",
          "ECHO_HIDDEN",
          "FETCH_COUNT",
          "HIDE_TABLEAM",
          "HISTCONTROL",
          "HISTFILE",
          "HISTSIZE",
          "IGNOREEOF",
          "ON_ERROR_ROLLBACK",
          "PROMPT1",
          "PROMPT2",
          "PROMPT3",
          "QUIET",
          "SHOW_CONTEXT",
          "SINGLELINE",
          "SINGLESTEP",
          "VERBOSITY");

  private final Map<String, String> values = new TreeMap<>(Map.of(ON_ERROR_STOP, "on"));

  /** The value, or null. */
  String get(String name) {
    return values.get(name);
  }

  /**
   * @throws DistDbException {@code SYNTAX_ERROR}: no name; {@code FEATURE_NOT_SUPPORTED}: psql
   *     gives the name a meaning that this shell does not know; {@code INVALID_PARAMETER_VALUE}
   */
  void set(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "invalid variable name: \"" + name + "\"");
    }
    if (UNSUPPORTED.contains(name)) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "the variable " + name + " is not supported");
    }
    if (name.equals(ON_ERROR_STOP)) {
      values.put(
          name, Switch.parse("\\set " + name, value.isEmpty() ? "on" : value) ? "on" : "off");
    } else {
      values.put(name, value);
    }
  }

  void unset(String name) {
    if (name.equals(ON_ERROR_STOP)) {
      values.put(name, "off");
    } else {
      values.remove(name);
    }
  }

  /** Whether a script ends at its first error; it does unless it was told otherwise. */
  boolean stopsOnError() {
    return values.get(ON_ERROR_STOP).equals("on");
  }

  void print(PrintWriter out) {
    values.forEach((name, value) -> out.println(name + " = '" + value + "'"));
  }
}
