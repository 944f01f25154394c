// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the log is kept beyond the journal, for restores to a point in time.
 *
 * @param directory of the archive; empty: there is none
 * @param intervalMillis longest time from a commit until it is in the archive
 */
public record ArchiveConfig(Optional<Path> directory, long intervalMillis) {
  /** No archive. */
  public static final ArchiveConfig NONE = new ArchiveConfig(Optional.empty(), 60_000);

  public ArchiveConfig {
    Objects.requireNonNull(directory, "directory");
  }

  public ArchiveConfig withDirectory(Path newDirectory) {
    return new ArchiveConfig(Optional.of(newDirectory), intervalMillis);
  }

  public ArchiveConfig withIntervalMillis(long newIntervalMillis) {
    return new ArchiveConfig(directory, newIntervalMillis);
  }
}
