// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A data directory that this process holds. Layout: docs/formats/data-directory.md.
 *
 * <p>The file {@code FORMAT} says that the directory is DistDB's, and since which version its files
 * may not be read. It is written first, under another name, forced and renamed; so a directory that
 * lacks it and holds nothing but what that leaves behind is new, and one that holds anything else
 * is somebody else's. It is read before the lock is taken, because taking a lock writes a file.
 */
public final class DataDirectory implements AutoCloseable {
  /** The format that this binary writes, and the newest it reads. */
  public static final int FORMAT_VERSION = 1;

  private static final String JOURNAL = "journal";
  private static final String SNAPSHOTS = "snapshots";
  private static final String FORMAT = "FORMAT";
  private static final String FORMAT_TEMPORARY = "FORMAT.tmp";
  private static final String FIRST_LINE = "DistDB data directory";
  private static final String VERSION_PREFIX = "format ";
  private static final int FORMAT_BYTES_MAX = 1 << 10;

  /** What a crash within the first opening can leave. */
  private static final Set<String> LEFT_BY_CREATION = Set.of("distdb.lock", FORMAT_TEMPORARY);

  private final Disk disk;

  private DataDirectory(Disk disk) {
    this.disk = disk;
  }

  /**
   * Takes the directory, which is made when it is missing.
   *
   * @param holder who takes it, for the message that others get meanwhile
   * @throws DistDbException {@code DATABASE_IN_USE} names the holder; {@code INCOMPATIBLE_FORMAT}:
   *     a newer version's, or not DistDB's; nothing was changed
   */
  public static DataDirectory open(Disk disk, String holder) {
    boolean isNew = isNew(disk);
    if (isNew) {
      disk.createDirectories("");
    }
    Optional<Disk.Refusal> refusal = disk.lock(holder);
    if (refusal.isPresent()) {
      throw inUse(disk, refusal.get());
    }
    boolean opened = false;
    try {
      if (isNew && isNew(disk)) {
        writeFormat(disk);
      }
      refuseLostJournal(disk);
      makeParts(disk);
      opened = true;
      return new DataDirectory(disk);
    } finally {
      if (!opened) {
        disk.unlock();
      }
    }
  }

  private static DistDbException inUse(Disk disk, Disk.Refusal refusal) {
    return new DistDbException(
            ErrorCode.DATABASE_IN_USE,
            "the data directory " + disk.location() + " is in use by " + refusal.holder())
        .withHint("Close the other user, or give another directory.");
  }

  /** False when it is DistDB's and can be read; refuses all but a new one otherwise. */
  private static boolean isNew(Disk disk) {
    if (disk.exists(FORMAT)) {
      checkFormat(disk);
      return false;
    }
    List<String> names = disk.list("");
    for (String name : names) {
      if (!LEFT_BY_CREATION.contains(name)) {
        throw new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the directory "
                    + disk.location()
                    + " is not a DistDB data directory: it has no file FORMAT, but it holds \""
                    + name
                    + "\"")
            .withHint("Give an empty or a new directory.");
      }
    }
    return true;
  }

  private static void checkFormat(Disk disk) {
    List<String> lines = readFormat(disk).lines().toList();
    if (lines.size() < 2
        || !lines.get(0).equals(FIRST_LINE)
        || !lines.get(1).matches(VERSION_PREFIX + "[1-9][0-9]{0,8}")) {
      throw new DistDbException(
          ErrorCode.INCOMPATIBLE_FORMAT,
          "the file FORMAT in " + disk.location() + " was not written by DistDB, or is damaged");
    }
    int version = Integer.parseInt(lines.get(1).substring(VERSION_PREFIX.length()));
    if (version > FORMAT_VERSION) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the data directory "
                  + disk.location()
                  + " has format "
                  + version
                  + ", but this DistDB reads formats up to "
                  + FORMAT_VERSION)
          .withHint("Open it with the newer DistDB. Nothing was changed.");
    }
  }

  private static String readFormat(Disk disk) {
    try (DiskFile file = disk.open(FORMAT)) {
      ByteBuffer content =
          ByteBuffer.allocate((int) Math.min(FORMAT_BYTES_MAX, Math.max(0, file.size())));
      file.read(0, content);
      return StandardCharsets.UTF_8.decode(content.flip()).toString();
    }
  }

  /** Opened without its journal it would lack what was committed since the snapshot. */
  private static void refuseLostJournal(Disk disk) {
    if (!disk.exists(JOURNAL) && !disk.list(SNAPSHOTS).isEmpty()) {
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the data directory " + disk.location() + " has snapshots, but no journal")
          .withHint("Bring the directory \"" + JOURNAL + "\" back. Nothing was changed.");
    }
  }

  /** The parts make their own directories, but their names here only this class can force. */
  private static void makeParts(Disk disk) {
    disk.createDirectories(JOURNAL);
    disk.createDirectories(SNAPSHOTS);
    disk.forceDirectory("");
  }

  private static void writeFormat(Disk disk) {
    String content = FIRST_LINE + "\n" + VERSION_PREFIX + FORMAT_VERSION + "\n";
    try (DiskFile file = disk.create(FORMAT_TEMPORARY)) {
      file.write(0, ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      file.force();
    }
    disk.rename(FORMAT_TEMPORARY, FORMAT);
    disk.forceDirectory("");
  }

  /** Where the journal's segments are. */
  public Disk journal() {
    return disk.directory(JOURNAL);
  }

  /** Where the engine keeps its snapshots. */
  public Disk snapshots() {
    return disk.directory(SNAPSHOTS);
  }

  /** Gives the directory back. May be called twice. */
  @Override
  public void close() {
    disk.unlock();
  }
}
