// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.Optional;

/**
 * What a data directory says of itself, read without taking it.
 *
 * @param engine the storage engine that its data is of
 * @param journal where its journal is, when that is not within
 */
public record DirectoryDescription(String engine, Optional<String> journal) {
  /**
   * @throws DistDbException {@code UNDEFINED_FILE}: there is no database; {@code
   *     INCOMPATIBLE_FORMAT}: a newer one; {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: a restore was
   *     interrupted
   */
  public static DirectoryDescription of(Disk disk) {
    if (!disk.exists(DirectoryFormat.FILE)) {
      RestoredDirectory.refuseUnfinished(disk, disk.list(""));
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE,
          "there is no database in " + disk.location() + ": it has no file FORMAT");
    }
    DirectoryFormat format = DirectoryFormat.read(disk);
    return new DirectoryDescription(
        format.engine(), format.journal().map(DirectoryFormat.Journal::place));
  }
}
