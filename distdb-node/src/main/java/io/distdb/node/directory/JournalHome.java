// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that has the journal of one database, apart from its data. Its file {@code JOURNAL}
 * names the database as the data directory's {@code FORMAT} does, so that the journal of another,
 * or the empty folder where a disk should have been mounted, is not taken for it: opened without
 * its journal, a database would lack what was committed since its last checkpoint.
 */
final class JournalHome {
  static final String FILE = "JOURNAL";
  private static final String TEMPORARY = "JOURNAL.tmp";
  private static final String FIRST_LINE = "DistDB journal directory";
  private static final Set<String> LEFT_BY_CREATION = Set.of("distdb.lock", FILE, TEMPORARY);

  private final Disk disk;
  private final String name;

  JournalHome(DirectoryLayout.JournalPlace place) {
    this.disk = place.disk();
    this.name = place.name();
  }

  Disk disk() {
    return disk;
  }

  String name() {
    return name;
  }

  /**
   * Refuses a place that is not free for a new database: one may have been left there by a crash
   * within the first opening, which never had a journal.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}; nothing was changed
   */
  void requireFree() {
    Optional<String> other =
        disk.list("").stream().filter(entry -> !LEFT_BY_CREATION.contains(entry)).findFirst();
    if (other.isPresent()) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the directory "
                  + disk.location()
                  + " cannot become the wal_dir of a new database: it holds \""
                  + other.get()
                  + "\"")
          .withHint(
              disk.exists(FILE)
                  ? "It is the wal_dir of another database. Give an empty or a new directory, or the"
                      + " data_dir that belongs to it."
                  : "Give an empty or a new directory.");
    }
  }

  void write(String database) {
    DirectoryFormat.write(disk, FILE, TEMPORARY, text(database));
  }

  /**
   * Refuses a place that does not have the journal of {@code database}.
   *
   * @throws DistDbException {@code DATA_CORRUPTED}; nothing was changed
   */
  void requireOf(String database, Disk data) {
    if (problem(disk, database).isPresent()) {
      boolean found = disk.exists(FILE);
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the journal of the data directory "
                  + data.location()
                  + " is not in its wal_dir "
                  + disk.location()
                  + (found
                      ? ", which has the journal of another database"
                      : ", which has no file " + FILE))
          .withHint(
              "Bring the journal back: it has what was committed since the last checkpoint. Is the"
                  + " disk mounted? Nothing was changed.");
    }
  }

  /** What is wrong with a directory as the journal's of {@code database}; empty when it is. */
  static Optional<String> problem(Disk disk, String database) {
    if (!disk.exists(FILE)) {
      return Optional.of("there is no file " + FILE + " that says whose journal is here");
    }
    return DirectoryFormat.content(disk, FILE).equals(text(database))
        ? Optional.empty()
        : Optional.of("the file " + FILE + " names another database");
  }

  private static String text(String database) {
    return FIRST_LINE + "\ndatabase " + database + "\n";
  }
}
