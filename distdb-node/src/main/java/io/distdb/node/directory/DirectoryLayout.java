// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration asks of a data directory.
 *
 * @param engine the name of the storage engine
 * @param journal a directory for the journal alone; empty: within the data directory
 * @param database what a new pair of directories is called; another for each database
 */
public record DirectoryLayout(String engine, Optional<JournalPlace> journal, String database) {
  public DirectoryLayout {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(database, "database");
  }

  /**
   * A directory for the journal.
   *
   * @param name how the data directory remembers it: the absolute path, of one line
   */
  public record JournalPlace(Disk disk, String name) {
    public JournalPlace {
      Objects.requireNonNull(disk, "disk");
      if (name.isBlank() || name.lines().count() != 1) {
        throw new IllegalArgumentException("\"" + name + "\" is not the name of a directory");
      }
    }
  }
}
