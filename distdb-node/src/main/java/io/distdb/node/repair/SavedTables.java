// SPDX-License-Identifier: MIT
package io.distdb.node.repair;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Store;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.node.inspect.IndexName;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.raft.solo.SoloConsensus;
import io.distdb.sharding.txn.ShardTransactionManager;
import io.distdb.sharding.txn.TransactionLimits;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.execute.IndexRebuild;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.session.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens a store that was filled from a damaged one, makes its indexes anew, counts its rows. */
final class SavedTables {
  private static final int ROWS_AT_ONCE = 1024;

  private final Store store;
  private final InspectSurroundings surroundings;
  private final long memoryBytes;
  private final Set<IndexId> empty;
  private final List<RepairReport.SavedTable> tables = new ArrayList<>();
  private final List<RepairReport.RebuiltIndex> indexes = new ArrayList<>();

  /**
   * @param empty the indexes to be filled
   */
  SavedTables(Store store, InspectSurroundings surroundings, long memoryBytes, Set<IndexId> empty) {
    this.store = store;
    this.surroundings = surroundings;
    this.memoryBytes = memoryBytes;
    this.empty = empty;
  }

  List<RepairReport.SavedTable> tables() {
    return tables;
  }

  List<RepairReport.RebuiltIndex> indexes() {
    return indexes;
  }

  SavedTables finish() {
    try (SoloConsensus consensus =
            new SoloConsensus(new NodeId("repair"), Optional.empty(), surroundings.scheduler());
        ShardTransactionManager transactions =
            ShardTransactionManager.open(
                store,
                consensus,
                surroundings.scheduler(),
                surroundings.clock(),
                TransactionLimits.forBudget(memoryBytes))) {
      consensus.start(Journal.Progress.SILENT);
      try (Databases databases = open(transactions)) {
        for (String database : databases.names()) {
          for (Table table : databases.database(database).definitions().tables()) {
            finish(transactions, database, table);
          }
        }
      }
    }
    return this;
  }

  private Databases open(TransactionManager transactions) {
    try {
      return Databases.open(
          transactions, surroundings.scheduler(), surroundings.clock(), DatabaseOptions.DEFAULT);
    } catch (DistDbException unreadable) {
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the definitions of tables cannot be read: " + unreadable.getMessage(),
              unreadable)
          .withHint("Restore a backup: without them rows cannot be told apart.");
    }
  }

  private void finish(TransactionManager transactions, String database, Table table) {
    make(transactions, table.rows(), IndexKind.BTREE);
    IndexName name = new IndexName(database, table.schema(), table.name(), Optional.empty());
    tables.add(
        new RepairReport.SavedTable(
            database + "." + table.schema() + "." + table.name(), count(transactions, table)));
    for (IndexDefinition index : table.indexes()) {
      boolean missing = make(transactions, index.id(), index.kind());
      if (missing || empty.contains(index.id())) {
        IndexRebuild.Filled filled = IndexRebuild.fill(transactions, table, index);
        indexes.add(
            new RepairReport.RebuiltIndex(
                new IndexName(
                        name.database(), name.schema(), name.table(), Optional.of(index.name()))
                    .text(),
                filled.entries(),
                filled.duplicates()));
      }
    }
  }

  /** Makes an index that was lost whole; true when it was. */
  private boolean make(TransactionManager transactions, IndexId index, IndexKind kind) {
    if (store.findIndex(index).isPresent()) {
      return false;
    }
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      transaction.createIndex(index, kind);
      transaction.commit();
    }
    return true;
  }

  private static long count(TransactionManager transactions, Table table) {
    long rows = 0;
    EntryBlock block = new EntryBlock(ROWS_AT_ONCE);
    try (Transaction transaction =
            transactions.begin(TransactionOptions.DEFAULT.withReadOnly(true));
        IndexCursor cursor = transaction.range(table.rows(), KeyRange.ALL, Direction.FORWARD)) {
      for (int read = cursor.next(block); read > 0; read = cursor.next(block)) {
        rows += read;
      }
    }
    return rows;
  }
}
