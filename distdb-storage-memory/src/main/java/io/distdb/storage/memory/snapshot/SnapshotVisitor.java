// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.storage.memory.index.VersionedIndex.VersionCursor;

/**
 * Gets a snapshot's content in the order of its bytes. What it was given may still turn out to be
 * part of a damaged snapshot: it keeps everything to itself until reading has returned.
 */
public interface SnapshotVisitor {
  void header(SnapshotHeader header);

  /** A side record; keys rise. */
  void side(Bytes key, Bytes value);

  /**
   * An index; ids rise.
   *
   * @param versions good until this returns; need not be walked to its end
   */
  void index(IndexId id, IndexKind kind, VersionCursor versions);
}
