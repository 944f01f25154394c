// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file {@code DATABASE} of a data directory: the name by which archives and backups know whose
 * they are. It is made when one is first needed, so directories of every format can have it, and
 * earlier versions of DistDB leave it alone. Layout: docs/formats/data-directory.md.
 */
final class DatabaseIdentity {
  static final String FILE = "DATABASE";
  static final String TEMPORARY = "DATABASE.tmp";
  private static final String FIRST_LINE = "DistDB database identity";
  private static final String VERSION_PREFIX = "format ";
  private static final String NAME_PREFIX = "database ";
  private static final int VERSION = 1;

  private DatabaseIdentity() {}

  static void write(Disk disk, String name) {
    String text = FIRST_LINE + '\n' + VERSION_PREFIX + VERSION + '\n' + NAME_PREFIX + name + '\n';
    DirectoryFormat.write(disk, FILE, TEMPORARY, text + checksum(text) + '\n');
  }

  /**
   * Reads the file, which exists.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: newer; {@code DATA_CORRUPTED}
   */
  static String read(Disk disk) {
    String content = DirectoryFormat.content(disk, FILE);
    List<String> lines = content.lines().toList();
    int last = content.lastIndexOf('\n', Math.max(0, content.length() - 2)) + 1;
    if (lines.size() < 2
        || !lines.get(0).equals(FIRST_LINE)
        || !content.substring(last).equals(checksum(content.substring(0, last)) + '\n')
        || !lines.get(1).matches(VERSION_PREFIX + "[1-9][0-9]{0,8}")) {
      throw damaged(disk);
    }
    int version = Integer.parseInt(lines.get(1).substring(VERSION_PREFIX.length()));
    if (version > VERSION) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the file "
                  + disk.location()
                  + "/"
                  + FILE
                  + " has format "
                  + version
                  + ", but this DistDB reads formats up to "
                  + VERSION)
          .withHint("Open it with the newer DistDB. Nothing was changed.");
    }
    if (lines.size() != 4 || !lines.get(2).startsWith(NAME_PREFIX)) {
      throw damaged(disk);
    }
    return lines.get(2).substring(NAME_PREFIX.length());
  }

  private static DistDbException damaged(Disk disk) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the file " + disk.location() + "/" + FILE + " is damaged (its checksum is wrong)")
        .withHint(
            "Delete it, then take a full backup and begin a new archive_dir: earlier ones will not"
                + " know this database any more. Nothing was changed.");
  }

  static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("crc32c %08x", crc.getValue());
  }
}
