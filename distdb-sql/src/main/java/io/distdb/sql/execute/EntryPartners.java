// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.index.IndexCursor;
import io.distdb.sql.vector.Vector;

/** Reads partners from the entries of an index alone, by a key made of the outer row. */
final class EntryPartners implements Partners {
  private final AccessProgram access;
  private final EntryColumns columns;
  private final Execution execution;
  private final Frame frame;
  private Vector[] keys;
  private IndexCursor entries = EntryCursors.empty();

  EntryPartners(AccessProgram access, EntryColumns columns, Execution execution) {
    this.access = access;
    this.columns = columns;
    this.execution = execution;
    frame = access.frame(execution);
  }

  @Override
  public void enterBatch(Batch batch) {
    keys = access.evaluate(frame, batch);
  }

  @Override
  public void enterRow(int position) {
    entries.close();
    entries = access.openEntries(execution.transaction(), keys, position);
  }

  @Override
  public boolean next(Vector[] target, int first, int at) {
    if (!entries.next()) {
      return false;
    }
    columns.read(entries.key(), entries.value(), target, first, at);
    return true;
  }

  @Override
  public void close() {
    entries.close();
  }
}
