// SPDX-License-Identifier: MIT
package io.distdb.node.repair;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.node.inspect.LogSurvey;
import io.distdb.sharding.replica.ReplicaListener;
import io.distdb.sharding.replica.ShardCommand;
import io.distdb.sharding.replica.ShardReplica;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Applies the log to a store whose content may lack something.
 *
 * <p>Entries that the content holds are applied again: of what it lost, they bring back what they
 * wrote. A version that is not above what its key has already is left out, so that nothing is
 * undone by them.
 */
final class SavedLog implements LogSurvey.Reader {
  private final Store store;
  private final ShardReplica replica;
  private final long contentIndex;
  private final Set<IndexId> leftEmpty;
  private final Set<IndexId> rows;
  private final boolean stopsAtGap;
  private boolean stopped;
  private long entries;
  private long droppedOperations;

  /**
   * @param contentIndex what the store holds, or should hold, of the log
   * @param leftEmpty indexes that get no entries
   * @param rows indexes of rows, which are made when they are lost
   * @param stopsAtGap whether what comes behind missing entries is left out
   */
  SavedLog(
      Store store,
      Clock clock,
      long contentIndex,
      Set<IndexId> leftEmpty,
      Set<IndexId> rows,
      boolean stopsAtGap) {
    this.store = store;
    this.replica = new ShardReplica(store, clock, ReplicaListener.NONE);
    this.contentIndex = contentIndex;
    this.leftEmpty = leftEmpty;
    this.rows = rows;
    this.stopsAtGap = stopsAtGap;
  }

  long entries() {
    return entries;
  }

  long droppedOperations() {
    return droppedOperations;
  }

  @Override
  public void command(ShardId shard, LogPosition position, ShardCommand command) {
    long held = Math.max(store.applied().index(), contentIndex);
    stopped |= stopsAtGap && position.index() > held + 1;
    if (stopped || !shard.equals(ShardId.SYSTEM) || position.index() <= store.applied().index()) {
      return;
    }
    entries++;
    boolean again = position.index() <= contentIndex;
    if (command instanceof ShardCommand.Commit commit) {
      WriteBatch batch = kept(commit.batch(), again);
      if (again) {
        store.apply(position, batch);
      } else {
        replica.apply(
            position, new ShardCommand.Commit(batch, commit.token(), commit.changedTables()));
      }
    } else if (again) {
      store.apply(position, new WriteBatch());
    } else {
      replica.apply(position, command);
    }
  }

  private WriteBatch kept(WriteBatch batch, boolean again) {
    WriteBatch kept = new WriteBatch(batch.operations().size()).at(batch.timestamp());
    Set<IndexId> created = new HashSet<>();
    for (WriteBatch.Operation operation : batch.operations()) {
      boolean fits =
          switch (operation) {
            case WriteBatch.Put(IndexId index, Bytes key, Bytes value) ->
                fits(index, key, created, kept, again);
            case WriteBatch.Delete(IndexId index, Bytes key) ->
                fits(index, key, created, kept, again);
            case WriteBatch.PutAll all ->
                throw new IllegalStateException("a decoded batch has no runs");
            case WriteBatch.CreateIndex create -> {
              created.add(create.index());
              yield true;
            }
            case WriteBatch.DropIndex drop -> true;
            case WriteBatch.PutSide side -> true;
            case WriteBatch.DeleteSide side -> true;
          };
      if (fits) {
        kept.add(operation);
      }
    }
    return kept;
  }

  private boolean fits(
      IndexId id, Bytes key, Set<IndexId> created, WriteBatch kept, boolean again) {
    if (leftEmpty.contains(id)) {
      return false;
    }
    if (created.contains(id)) {
      return true;
    }
    Optional<Index> index = store.findIndex(id);
    if (index.isPresent()) {
      return !again || index.get().newestTimestamp(key) < kept.timestamp();
    }
    if (rows.contains(id)) {
      kept.createIndex(id, IndexKind.BTREE);
      created.add(id);
      return true;
    }
    droppedOperations++;
    return false;
  }
}
