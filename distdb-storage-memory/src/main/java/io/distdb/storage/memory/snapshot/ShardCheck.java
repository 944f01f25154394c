// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.storage.memory.index.VersionedIndex.VersionCursor;

/** Refuses a file that belongs to another shard: somebody moved it. */
record ShardCheck(SnapshotSource source, ShardId shard, SnapshotVisitor next)
    implements SnapshotVisitor {
  @Override
  public void header(SnapshotHeader header) {
    if (!header.shard().equals(shard)) {
      throw BlockReader.damaged(
          source, 16, "it is of shard " + header.shard() + ", not of shard " + shard);
    }
    next.header(header);
  }

  @Override
  public void side(Bytes key, Bytes value) {
    next.side(key, value);
  }

  @Override
  public void index(IndexId id, IndexKind kind, VersionCursor versions) {
    next.index(id, kind, versions);
  }
}
