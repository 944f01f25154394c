// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

/**
 * How a log is archived.
 *
 * @param intervalNanos longest time from a commit until it is in the archive, when that works
 * @param fileBytes journal bytes after which it is archived at once; about the size of a file
 *     before compression
 * @param bytesPerSecond most that is written to the archive; 0: no limit
 */
public record ArchiveOptions(long intervalNanos, long fileBytes, long bytesPerSecond) {
  public ArchiveOptions {
    if (intervalNanos <= 0 || fileBytes <= 0 || bytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "the options of an archive are positive, a limit may be 0");
    }
  }
}
