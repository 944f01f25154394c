// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A directory that a backup is written into; held until it is closed. */
final class BackupTarget implements AutoCloseable {
  private final Disk disk;

  private BackupTarget(Disk disk) {
    this.disk = disk;
  }

  /**
   * Takes a directory that is new or empty.
   *
   * @param data the data directory, which it must not be within
   * @throws DistDbException {@code DUPLICATE_FILE}, {@code INVALID_PARAMETER_VALUE}, {@code
   *     DATABASE_IN_USE}: nothing was changed
   */
  static BackupTarget take(Disk disk, Optional<Path> data) {
    refuseWithin(disk, data);
    requireEmpty(disk);
    disk.createDirectories("");
    Optional<Disk.Refusal> refusal = disk.lock("a backup");
    if (refusal.isPresent()) {
      throw new DistDbException(
              ErrorCode.DATABASE_IN_USE,
              "the directory " + disk.location() + " is in use by " + refusal.get().holder())
          .withHint("Give another directory.");
    }
    boolean taken = false;
    try {
      requireEmpty(disk);
      taken = true;
      return new BackupTarget(disk);
    } finally {
      if (!taken) {
        disk.unlock();
      }
    }
  }

  private static void refuseWithin(Disk disk, Optional<Path> data) {
    if (data.isPresent() && disk.localPath().filter(at -> at.startsWith(data.get())).isPresent()) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "the directory " + disk.location() + " is within the data directory " + data.get())
          .withHint("Give a directory elsewhere, best on another disk.");
    }
  }

  private static void requireEmpty(Disk disk) {
    List<String> names = disk.list("");
    if (names.isEmpty()) {
      return;
    }
    boolean complete = names.contains(BackupManifest.FILE);
    throw new DistDbException(
            ErrorCode.DUPLICATE_FILE,
            "the directory "
                + disk.location()
                + (complete
                    ? " holds a backup already"
                    : " is not empty: it holds \"" + names.getFirst() + "\""))
        .withHint("Give a new or an empty directory.");
  }

  Disk disk() {
    return disk;
  }

  /** Gives the space back that an unfinished backup takes, as far as the disk lets it. */
  void clear(Throwable why) {
    try {
      disk.list("").forEach(disk::delete);
      disk.forceDirectory("");
    } catch (RuntimeException second) {
      // What is left is no backup: it has no manifest.
      why.addSuppressed(second);
    }
  }

  @Override
  public void close() {
    disk.unlock();
  }
}
