// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.LogPosition;
import io.distdb.storage.memory.index.VersionedIndex;
import io.distdb.storage.memory.index.VersionedIndex.VersionCursor;
import io.distdb.storage.memory.snapshot.SnapshotHeader;
import io.distdb.storage.memory.snapshot.SnapshotVisitor;
import java.util.ArrayList;
import java.util.List;

/** What a store will hold, while it is read from a snapshot or an export. */
final class StoreContent implements SnapshotVisitor {
  private LogPosition position = LogPosition.START;
  private final List<Bytes> sideKeys = new ArrayList<>();
  private final List<Bytes> sideValues = new ArrayList<>();
  private final List<IndexSlot> slots = new ArrayList<>();

  @Override
  public void header(SnapshotHeader header) {
    position = header.position();
  }

  @Override
  public void side(Bytes key, Bytes value) {
    sideKeys.add(key);
    sideValues.add(value);
  }

  @Override
  public void index(IndexId id, IndexKind kind, VersionCursor versions) {
    VersionedIndex.Loader loader = VersionedIndex.loader(id, kind);
    while (versions.next()) {
      loader.add(versions.key(), versions.value(), versions.timestamp());
    }
    slots.add(new IndexSlot(loader.finish()));
  }

  LogPosition position() {
    return position;
  }

  SideRecords sides() {
    return SideRecords.ofSorted(sideKeys, sideValues);
  }

  IndexTable table() {
    return IndexTable.of(slots);
  }
}
