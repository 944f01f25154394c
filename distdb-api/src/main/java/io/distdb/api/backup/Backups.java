// SPDX-License-Identifier: MIT
package io.distdb.api.backup;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** Takes backups of the databases of one node. Thread-safe. */
@FunctionalInterface
public interface Backups {
  /** For a database that has no way to write one. */
  Backups NONE =
      request -> {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "BACKUP is not supported by this database");
      };

  /**
   * Writes a backup into a directory that is new or empty: all databases of the node, as a reader
   * at one timestamp sees them, while writers go on.
   *
   * @return what was written, once all of it is on the disk
   * @throws DistDbException {@code DUPLICATE_FILE}: the directory holds something; {@code
   *     DISK_FULL}, {@code IO_ERROR}, {@code CONFIGURATION_ERROR}, and what {@link
   *     BackupRequest#watch} throws: what is left in the directory, if anything, is refused as an
   *     interrupted backup; {@code UNDEFINED_FILE}, {@code DATA_CORRUPTED}, {@code
   *     OBJECT_NOT_IN_PREREQUISITE_STATE}: the parent cannot be continued, nothing was written
   */
  BackupReport take(BackupRequest request);
}
