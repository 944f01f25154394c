// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * A data directory that a restore fills. Until {@link #complete} it has the file {@code RESTORING}
 * in the place of {@code FORMAT}, with the text that {@code FORMAT} will have; then that is
 * renamed. So a restore that was interrupted at any step left no database, and whoever opens the
 * directory is told what it is.
 */
public final class RestoredDirectory implements AutoCloseable {
  private static final String MARK = "RESTORING";
  private static final String TEMPORARY = "RESTORING.tmp";

  private final Disk disk;
  private final DataDirectory parts;

  private RestoredDirectory(Disk disk, DataDirectory parts) {
    this.disk = disk;
    this.parts = parts;
  }

  /**
   * Takes a directory that is new or empty.
   *
   * @throws DistDbException {@code DUPLICATE_FILE}: it is neither; nothing was changed. {@code
   *     DATABASE_IN_USE}, and what the disk throws
   */
  public static RestoredDirectory begin(Disk disk, DirectoryLayout layout, String holder) {
    requireEmpty(disk);
    disk.createDirectories("");
    DataDirectory.lock(disk, holder);
    boolean begun = false;
    try {
      requireEmpty(disk);
      DirectoryFormat.write(
          disk, MARK, TEMPORARY, new DirectoryFormat(layout.engine(), Optional.empty()).text());
      RestoredDirectory restored =
          new RestoredDirectory(disk, DataDirectory.unfinished(disk, layout));
      begun = true;
      return restored;
    } finally {
      if (!begun) {
        disk.unlock();
      }
    }
  }

  private static void requireEmpty(Disk disk) {
    List<String> names = disk.list("");
    refuseUnfinished(disk, names);
    if (names.contains(DirectoryFormat.FILE)) {
      throw notEmpty(disk, "holds a database");
    }
    if (!names.isEmpty()) {
      throw notEmpty(disk, "is not empty: it holds \"" + names.getFirst() + "\"");
    }
  }

  private static DistDbException notEmpty(Disk disk, String what) {
    return new DistDbException(
            ErrorCode.DUPLICATE_FILE, "the directory " + disk.location() + " " + what)
        .withHint("A restore fills a new or an empty directory. Nothing was changed.");
  }

  /** Refuses a directory that a restore has not completed. */
  static void refuseUnfinished(Disk disk, List<String> names) {
    if (names.contains(MARK) || names.contains(TEMPORARY)) {
      throw new DistDbException(
              ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
              "the directory " + disk.location() + " holds an interrupted restore")
          .withHint("Delete the directory, and restore the backup again.");
    }
  }

  /** What is being filled. */
  public DataDirectory parts() {
    return parts;
  }

  /** Makes a database of it; all of its content is on the disk. */
  public void complete() {
    disk.rename(MARK, DirectoryFormat.FILE);
    disk.forceDirectory("");
  }

  /** Gives the directory back, complete or not. May be called twice. */
  @Override
  public void close() {
    parts.close();
  }
}
