// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.error.DistDbException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That damage was found and said so: {@code XX001} with the file and the place in it; the files
 * that are one line of text, or a name that is missing, without a place; {@code F0001} where what
 * is damaged is the version.
 *
 * @param file the last part of its name
 */
record Detection(String file) {
  private static final Pattern PLACE =
      Pattern.compile("([\\w.-]+)(?: is damaged)? (?:at (?:offset|byte)) \\d+");
  private static final Pattern WHOLE = Pattern.compile("([\\w.-]+) is (?:damaged|missing)");
  private static final Pattern NAMED =
      Pattern.compile("([\\w.-]*(?:\\.segment|snapshot-|FORMAT|JOURNAL)[\\w.-]*)");
  private static final Pattern DIRECTORY =
      Pattern.compile("data directory .*(?:was written by|is not in its wal_dir|has format)");

  /** Empty for an error that does not say what is damaged. */
  static Optional<Detection> of(DistDbException failure) {
    return switch (failure.code()) {
      case DATA_CORRUPTED, INCOMPATIBLE_FORMAT -> named(String.valueOf(failure.getMessage()));
      default -> Optional.empty();
    };
  }

  private static Optional<Detection> named(String message) {
    for (Pattern pattern : List.of(PLACE, NAMED, WHOLE)) {
      Matcher matcher = pattern.matcher(message);
      if (matcher.find()) {
        return Optional.of(new Detection(matcher.group(1)));
      }
    }
    return DIRECTORY.matcher(message).find()
        ? Optional.of(new Detection("FORMAT"))
        : Optional.empty();
  }
}
