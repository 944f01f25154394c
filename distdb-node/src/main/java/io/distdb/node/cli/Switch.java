// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.Locale;

/** On and off, as people write them. */
final class Switch {
  private Switch() {}

  /**
   * @param command what it is for, for the message
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: neither
   */
  static boolean parse(String command, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes", "1" -> true;
      case "off", "false", "no", "0" -> false;
      default ->
          throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              command + ": unrecognized value \"" + word + "\": Boolean expected");
    };
  }

  /** The other one when nothing is said. */
  static boolean next(String command, String word, boolean now) {
    return word.isEmpty() ? !now : parse(command, word);
  }

  static String word(boolean on) {
    return on ? "on" : "off";
  }
}
