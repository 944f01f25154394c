// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;

/** Finds the directories that people name. */
@FunctionalInterface
public interface BackupPlaces {
  /**
   * The directory tree at {@code path}, as a disk; nothing is touched. Its {@link
   * Disk#createDirectories} of the root makes the root durable in its parent.
   */
  Disk at(String path);
}
