// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

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
 * The file {@code ARCHIVE}, which says of which database a directory has the log: four lines, the
 * last one a CRC32C of the others. It is the first file, and never changes.
 */
final class ArchiveIdentity {
  static final String FILE = "ARCHIVE";
  private static final String TEMPORARY = "ARCHIVE.tmp";
  private static final String FIRST_LINE = "DistDB log archive";
  private static final String VERSION_PREFIX = "format ";
  private static final String NAME_PREFIX = "database ";
  private static final int VERSION = 1;
  private static final int BYTES_MAX = 1 << 12;
  private static final Set<String> LEFT_BY_CREATION = Set.of("distdb.lock", TEMPORARY);

  private ArchiveIdentity() {}

  /** Refuses a directory that holds something. */
  static void requireFree(Disk disk) {
    Optional<String> other =
        disk.list("").stream().filter(entry -> !LEFT_BY_CREATION.contains(entry)).findFirst();
    if (other.isPresent()) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "the directory "
                  + disk.location()
                  + " cannot become the archive_dir: it is no archive of the log, and it holds \""
                  + other.get()
                  + "\"")
          .withHint("Give an empty or a new directory. Nothing was changed.");
    }
  }

  static void write(Disk disk, String database) {
    String text =
        FIRST_LINE + '\n' + VERSION_PREFIX + VERSION + '\n' + NAME_PREFIX + database + '\n';
    try (DiskFile file = disk.create(TEMPORARY)) {
      String whole = text + LogFileFormat.checksumLine(text) + '\n';
      file.write(0, ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8)));
      file.force();
    }
    disk.rename(TEMPORARY, FILE);
    disk.forceDirectory("");
  }

  /**
   * @throws DistDbException {@code UNDEFINED_FILE}: this is no archive; {@code
   *     INCOMPATIBLE_FORMAT}: of a newer version; {@code DATA_CORRUPTED}
   */
  static String read(Disk disk) {
    if (!disk.exists(FILE)) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_FILE,
              disk.location() + " is no archive of a log: it has no file " + FILE)
          .withHint("Give the directory that archive_dir named. Is the disk mounted?");
    }
    String content = content(disk);
    List<String> lines = content.lines().toList();
    int last = content.lastIndexOf('\n', Math.max(0, content.length() - 2)) + 1;
    if (lines.size() < 2
        || !lines.get(0).equals(FIRST_LINE)
        || !lines.get(1).matches(VERSION_PREFIX + "[1-9][0-9]{0,8}")
        || !content
            .substring(last)
            .equals(LogFileFormat.checksumLine(content.substring(0, last)) + '\n')) {
      throw damaged(disk);
    }
    int version = Integer.parseInt(lines.get(1).substring(VERSION_PREFIX.length()));
    if (version > VERSION) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the archive in "
                  + disk.location()
                  + " has format "
                  + version
                  + ", but this DistDB reads formats up to "
                  + VERSION)
          .withHint("Use the newer DistDB that wrote it. Nothing was changed.");
    }
    if (lines.size() != 4 || !lines.get(2).startsWith(NAME_PREFIX)) {
      throw damaged(disk);
    }
    return lines.get(2).substring(NAME_PREFIX.length());
  }

  private static String content(Disk disk) {
    try (DiskFile file = disk.open(FILE)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.clamp(file.size(), 0, BYTES_MAX));
      file.read(0, content);
      return StandardCharsets.UTF_8.decode(content.flip()).toString();
    }
  }

  private static DistDbException damaged(Disk disk) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the file " + disk.location() + "/" + FILE + " is damaged (its checksum is wrong)")
        .withHint("Write it anew: any log file beside it names the database. Nothing was changed.");
  }
}
