// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;

/**
 * {@code \restrict KEY}, with which dumps of pg_dump begin: until {@code \\unrestrict} with the
 * same key no other backslash command runs, whatever is in the data.
 */
final class Restriction {
  private String key;

  /**
   * @param command with its backslash
   * @return whether it was one of the two, and is done
   * @throws DistDbException it may not run
   */
  boolean handles(String command, List<String> words) {
    switch (command) {
      case "\\restrict" -> begin(command, words);
      case "\\unrestrict" -> end(command, words);
      default -> {
        if (key != null) {
          throw new DistDbException(
              ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
              "backslash commands are restricted; only \\unrestrict is allowed");
        }
        return false;
      }
    }
    return true;
  }

  private void begin(String command, List<String> words) {
    if (key != null) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "backslash commands are restricted; only \\unrestrict is allowed");
    }
    key = requireKey(command, words);
  }

  private void end(String command, List<String> words) {
    String given = requireKey(command, words);
    if (key == null) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "\\unrestrict: not currently in restricted mode");
    }
    if (!given.equals(key)) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "\\unrestrict: wrong key");
    }
    key = null;
  }

  private static String requireKey(String command, List<String> words) {
    if (words.isEmpty()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, command + ": missing required argument");
    }
    return words.getFirst();
  }
}
