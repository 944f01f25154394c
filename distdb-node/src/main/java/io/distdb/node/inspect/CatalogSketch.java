// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.raft.solo.SoloConsensus;
import io.distdb.sharding.replica.ReplicaListener;
import io.distdb.sharding.replica.ShardCommand;
import io.distdb.sharding.replica.ShardReplica;
import io.distdb.sharding.replica.SideRepair;
import io.distdb.sharding.txn.ShardTransactionManager;
import io.distdb.sharding.txn.TransactionLimits;
import io.distdb.sql.catalog.CatalogSpace;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.session.Databases;
import io.distdb.storage.memory.MemoryOptions;
import io.distdb.storage.memory.MemoryStorageEngine;
import io.distdb.storage.memory.snapshot.SnapshotExportFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The definitions in a directory, without its rows: they are copied into a store in memory, which
 * is opened as any other, so that older catalogs are upgraded there and not on the disk.
 */
final class CatalogSketch {
  private static final long BUDGET_BYTES = 256L << 20;

  private final Scheduler scheduler;
  private final Clock clock;
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private ExportFormat.Writer writer;

  /** The part of a log entry that changes definitions, or the bound of timestamps. */
  private record Change(LogPosition position, ShardCommand command) {}

  CatalogSketch(Scheduler scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Notes what a command of the system shard changes in definitions. */
  void command(LogPosition position, ShardCommand command) {
    if (command instanceof ShardCommand.Commit commit) {
      WriteBatch batch = definitionsOf(commit.batch());
      if (!batch.isEmpty()) {
        changes.add(
            new Change(position, new ShardCommand.Commit(batch, null, commit.changedTables())));
      }
    } else if (command instanceof ShardCommand.ExtendTimestampBound) {
      changes.add(new Change(position, command));
    }
  }

  /** Every index is made, and those of rows stay empty. */
  private static WriteBatch definitionsOf(WriteBatch batch) {
    WriteBatch definitions = new WriteBatch().at(batch.timestamp());
    for (WriteBatch.Operation operation : batch.operations()) {
      boolean kept =
          switch (operation) {
            case WriteBatch.Put put -> CatalogSpace.isSystem(put.index());
            case WriteBatch.PutAll all -> CatalogSpace.isSystem(all.index());
            case WriteBatch.Delete delete -> CatalogSpace.isSystem(delete.index());
            case WriteBatch.CreateIndex create -> true;
            case WriteBatch.DropIndex drop -> true;
            case WriteBatch.PutSide side -> true;
            case WriteBatch.DeleteSide side -> true;
          };
      if (kept) {
        definitions.add(operation);
      }
    }
    return definitions;
  }

  /** Takes a content's definitions; to be closed by {@link #names}. */
  ExportFormat.Visitor content() {
    chunks.clear();
    writer = null;
    return new ExportFormat.Visitor() {
      @Override
      public void position(LogPosition position) {
        begin(position);
      }

      @Override
      public void side(Bytes key, Bytes value) {
        begin(LogPosition.START);
        writer.side(key, value);
      }

      @Override
      public void index(IndexId id, IndexKind kind, ExportFormat.Versions versions) {
        begin(LogPosition.START);
        writer.index(id, kind);
        while (CatalogSpace.isSystem(id) && versions.next()) {
          writer.version(versions.key(), versions.value(), versions.timestamp());
        }
      }
    };
  }

  private void begin(LogPosition position) {
    if (writer == null) {
      writer =
          new SnapshotExportFormat()
              .writer(ShardId.SYSTEM, position, Compression.LZ4, chunk -> chunks.add(copy(chunk)));
    }
  }

  private static ByteBuffer copy(ByteBuffer chunk) {
    return ByteBuffer.allocate(chunk.remaining()).put(chunk).flip();
  }

  /**
   * What the indexes are called.
   *
   * @throws io.distdb.api.error.DistDbException the definitions cannot be read; any code
   */
  Map<IndexId, IndexName> names() {
    try (MemoryStorageEngine engine =
        MemoryStorageEngine.open(
            Optional.empty(),
            new MemoryOptions(BUDGET_BYTES),
            scheduler,
            clock,
            Journal.Progress.SILENT)) {
      Store store = engine.store(ShardId.SYSTEM);
      if (writer != null) {
        writer.finish();
        store.restore(chunks);
      }
      ShardReplica replica = new ShardReplica(store, clock, ReplicaListener.NONE);
      for (Change change : changes) {
        if (change.position.index() > store.applied().index()) {
          replica.apply(change.position, change.command);
        }
      }
      SideRepair.complete(store, clock.wallMicros());
      return names(store);
    }
  }

  private Map<IndexId, IndexName> names(Store store) {
    try (SoloConsensus consensus =
            new SoloConsensus(new NodeId("inspect"), Optional.empty(), scheduler);
        ShardTransactionManager transactions =
            ShardTransactionManager.open(
                store, consensus, scheduler, clock, TransactionLimits.forBudget(BUDGET_BYTES))) {
      consensus.start(Journal.Progress.SILENT);
      try (Databases databases =
          Databases.open(transactions, scheduler, clock, DatabaseOptions.DEFAULT)) {
        Map<IndexId, IndexName> names = new TreeMap<>();
        for (String database : databases.names()) {
          for (Table table : databases.database(database).definitions().tables()) {
            add(names, database, table);
          }
        }
        return names;
      }
    }
  }

  private static void add(Map<IndexId, IndexName> names, String database, Table table) {
    names.put(
        table.rows(), new IndexName(database, table.schema(), table.name(), Optional.empty()));
    for (IndexDefinition index : table.indexes()) {
      names.put(
          index.id(),
          new IndexName(database, table.schema(), table.name(), Optional.of(index.name())));
    }
  }
}
