// SPDX-License-Identifier: MIT
package io.distdb.node.repair;

import io.distdb.node.inspect.DirectoryReport;
import java.util.List;
import java.util.Optional;

/**
 * What a repair found, and did.
 *
 * @param found the damaged directory
 * @param saved what is in the new directory; empty when none was made
 */
public record RepairReport(DirectoryReport found, RepairPlan plan, Optional<Saved> saved) {
  /**
   * What was saved.
   *
   * @param location of the new directory
   * @param entries of the log that were applied
   * @param droppedOperations of these entries that could not be: their table is lost, or was
   *     dropped
   * @param tables in the order of their names
   * @param indexes that were made anew from the rows; none when nothing was lost
   */
  public record Saved(
      String location,
      long entries,
      long droppedOperations,
      List<SavedTable> tables,
      List<RebuiltIndex> indexes) {
    public Saved {
      tables = List.copyOf(tables);
      indexes = List.copyOf(indexes);
    }
  }

  /** A table, as {@code database.schema.name}, and how many rows it has now. */
  public record SavedTable(String name, long rows) {}

  /**
   * An index that was made anew.
   *
   * @param duplicates rows that have no entry in it: it is unique, and another row is equal to them
   */
  public record RebuiltIndex(String name, long entries, long duplicates) {}

  /** Whether there was nothing to be repaired. */
  public boolean isSound() {
    return found.isSound() && plan.isLossless();
  }
}
