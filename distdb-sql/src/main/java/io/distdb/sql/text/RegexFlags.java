// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/**
 * Options of a regular expression (PostgreSQL's documentation, table 9.24).
 *
 * @param all {@code g}: every match, not the first one
 * @param literal {@code q}: the pattern is plain text
 * @param expanded {@code x}: white space and comments in the pattern do not count
 * @param dotExcludesNewline {@code n}, {@code p}: also for negated brackets
 * @param anchorsAtLines {@code n}, {@code w}
 */
public record RegexFlags(
    boolean all,
    boolean ignoreCase,
    boolean literal,
    boolean expanded,
    boolean dotExcludesNewline,
    boolean anchorsAtLines) {
  public static final RegexFlags NONE = new RegexFlags(false, false, false, false, false, false);

  public static final RegexFlags IGNORE_CASE =
      new RegexFlags(false, true, false, false, false, false);

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: a letter that is no option
   */
  public static RegexFlags of(String letters) {
    RegexFlags flags = NONE;
    for (int i = 0; i < letters.length(); i++) {
      flags = flags.with(letters.charAt(i), "invalid regular expression option: \"%c\"");
    }
    return flags;
  }

  /** These and the option {@code letter}. */
  RegexFlags with(char letter, String message) {
    return switch (letter) {
      case 'g' ->
          new RegexFlags(true, ignoreCase, literal, expanded, dotExcludesNewline, anchorsAtLines);
      case 'i' -> new RegexFlags(all, true, literal, expanded, dotExcludesNewline, anchorsAtLines);
      case 'c' -> new RegexFlags(all, false, literal, expanded, dotExcludesNewline, anchorsAtLines);
      case 'q' ->
          new RegexFlags(all, ignoreCase, true, expanded, dotExcludesNewline, anchorsAtLines);
      case 'x' ->
          new RegexFlags(all, ignoreCase, literal, true, dotExcludesNewline, anchorsAtLines);
      case 't' ->
          new RegexFlags(all, ignoreCase, literal, false, dotExcludesNewline, anchorsAtLines);
      case 'n', 'm' -> new RegexFlags(all, ignoreCase, literal, expanded, true, true);
      case 'p' -> new RegexFlags(all, ignoreCase, literal, expanded, true, false);
      case 'w' -> new RegexFlags(all, ignoreCase, literal, expanded, false, true);
      case 's' -> new RegexFlags(all, ignoreCase, literal, expanded, false, false);
      case 'b', 'e' ->
          throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "regular expression option \"" + letter + "\" is not supported");
      default ->
          throw new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message.formatted(letter));
    };
  }
}
