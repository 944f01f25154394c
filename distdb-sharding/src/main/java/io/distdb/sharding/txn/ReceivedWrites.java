// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.WriteBatch;
import io.distdb.sharding.replica.Announcements;
import io.distdb.sharding.replica.ShardCommand;

/** The writes of a transaction of another node, as this node's own keep theirs. */
final class ReceivedWrites {
  private ReceivedWrites() {}

  /**
   * @throws DistDbException {@code PROTOCOL_VIOLATION}: nothing that a transaction writes
   */
  static WriteBuffer of(ShardCommand.Commit commit) {
    WriteBuffer writes = new WriteBuffer();
    for (WriteBatch.Operation operation : commit.batch().operations()) {
      switch (operation) {
        case WriteBatch.Put put -> writes.write(-1, put.index(), put.key(), put.value());
        case WriteBatch.Delete delete -> writes.write(-1, delete.index(), delete.key(), null);
        case WriteBatch.PutAll run -> writes.putAll(run.index(), run.run());
        case WriteBatch.CreateIndex create -> writes.schema().create(create.index(), create.kind());
        case WriteBatch.DropIndex drop -> writes.schema().drop(drop.index());
        case WriteBatch.PutSide side -> {
          requireAnnouncement(side.key());
          writes.schema().announce(side.value());
        }
        case WriteBatch.DeleteSide side -> requireAnnouncement(side.key());
      }
    }
    for (TableId table : commit.changedTables()) {
      writes.schema().change(table);
    }
    return writes;
  }

  private static void requireAnnouncement(Bytes sideKey) {
    if (!Announcements.isKey(sideKey)) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION, "a transaction does not write side records");
    }
  }
}
