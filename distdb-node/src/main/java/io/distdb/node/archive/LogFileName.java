// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.ShardId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a log file in an archive: {@code log-<shard>-<first index>-<last index>}, the indexes
 * with 16 digits, so that names sort as the log does.
 */
public record LogFileName(ShardId shard, long first, long last) {
  private static final Pattern PATTERN =
      Pattern.compile("log-(0|[1-9][0-9]{0,8})-([0-9]{16,18})-([0-9]{16,18})");

  /** Empty when {@code name} is that of something else. */
  static Optional<LogFileName> parse(String name) {
    Matcher matcher = PATTERN.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    LogFileName parsed =
        new LogFileName(
            new ShardId(Integer.parseInt(matcher.group(1))),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)));
    return parsed.first <= parsed.last ? Optional.of(parsed) : Optional.empty();
  }

  @Override
  public String toString() {
    return String.format("log-%d-%016d-%016d", shard.value(), first, last);
  }
}
