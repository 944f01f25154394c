// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.List;

/** The foreign keys of a table, from both ends. Immutable. */
record TableReferences(List<ForeignKeyProgram> outgoing, List<ForeignKeyProgram> incoming) {
  static final TableReferences NONE = new TableReferences(List.of(), List.of());

  TableReferences {
    outgoing = List.copyOf(outgoing);
    incoming = List.copyOf(incoming);
  }

  boolean isEmpty() {
    return outgoing.isEmpty() && incoming.isEmpty();
  }

  /** Marks the columns that are read when a row is deleted. */
  void markDeleted(boolean[] needed) {
    for (ForeignKeyProgram key : incoming) {
      mark(key.parentColumns, needed);
    }
  }

  /** Marks the columns that are read when those of {@code changed} get new values. */
  void markChanged(boolean[] changed, boolean[] needed) {
    for (ForeignKeyProgram key : outgoing) {
      if (touches(key.childColumns, changed)) {
        mark(key.childColumns, needed);
      }
    }
    for (ForeignKeyProgram key : incoming) {
      if (touches(key.parentColumns, changed)) {
        mark(key.parentColumns, needed);
      }
    }
  }

  private static boolean touches(int[] columns, boolean[] changed) {
    for (int column : columns) {
      if (changed[column]) {
        return true;
      }
    }
    return false;
  }

  private static void mark(int[] columns, boolean[] needed) {
    for (int column : columns) {
      needed[column] = true;
    }
  }
}
