// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import java.util.List;

/**
 * The file {@code RECOVERED}: a line for each time that this directory went on without the quorum
 * of its cluster. Lines are added and never taken away. Layout: docs/formats/data-directory.md.
 */
final class RecoveryRecord {
  static final String FILE = "RECOVERED";
  static final String TEMPORARY = "RECOVERED.tmp";

  private RecoveryRecord() {}

  /** Durably. */
  static void add(Disk disk, String line) {
    StringBuilder text = new StringBuilder();
    read(disk).forEach(before -> text.append(before).append('\n'));
    DirectoryFormat.write(disk, FILE, TEMPORARY, text.append(line).append('\n').toString());
  }

  static List<String> read(Disk disk) {
    return disk.exists(FILE) ? DirectoryFormat.content(disk, FILE).lines().toList() : List.of();
  }
}
