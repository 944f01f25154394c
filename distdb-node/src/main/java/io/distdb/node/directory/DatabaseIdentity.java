// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/**
 * What tells one database from every other: backups and archives say whose they are. A word in the
 * file {@code DATABASE} of a data directory; directories of earlier versions get theirs when they
 * are first opened.
 */
final class DatabaseIdentity {
  private static final String FILE = "DATABASE";
  private static final String TEMPORARY = "DATABASE.tmp";
  private static final String FIRST_LINE = "DistDB database\n";

  private DatabaseIdentity() {}

  /**
   * The identity that the directory has, or gets.
   *
   * @param proposed for one that has none
   */
  static String of(Disk disk, String proposed) {
    if (!disk.exists(FILE)) {
      DirectoryFormat.write(disk, FILE, TEMPORARY, FIRST_LINE + proposed + "\n");
      return proposed;
    }
    String text = DirectoryFormat.content(disk, FILE);
    String found = text.startsWith(FIRST_LINE) ? text.substring(FIRST_LINE.length()).strip() : "";
    if (!found.matches("[0-9a-zA-Z-]{1,64}")) {
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the file " + FILE + " in " + disk.location() + " is damaged")
          .withHint(
              "Delete it: the database then gets another identity, and its next backup must be a"
                  + " full one.");
    }
    return found;
  }
}
