// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;

/** A transaction whose system tables are those of one {@link CatalogSpace}. */
final class SpaceTransaction implements Transaction {
  private final Transaction shared;
  private final IndexId[] windows;

  SpaceTransaction(Transaction shared, IndexId[] windows) {
    this.shared = shared;
    this.windows = windows;
  }

  /** The transaction that all databases share. */
  Transaction shared() {
    return shared;
  }

  /** Where a fixed id is here. */
  IndexId window(IndexId index) {
    return moved(index);
  }

  private IndexId moved(IndexId index) {
    return CatalogSpace.index(windows, index);
  }

  private TableId moved(TableId table) {
    return CatalogSpace.table(windows, table);
  }

  @Override
  public IsolationLevel isolation() {
    return shared.isolation();
  }

  @Override
  public boolean readOnly() {
    return shared.readOnly();
  }

  @Override
  public void beginStatement() {
    shared.beginStatement();
  }

  @Override
  public long snapshot() {
    return shared.snapshot();
  }

  /** That of the whole store: definitions of other databases make this one's plans anew too. */
  @Override
  public long schemaVersion() {
    return shared.schemaVersion();
  }

  @Override
  public Bytes get(IndexId index, Bytes key) {
    return shared.get(moved(index), key);
  }

  @Override
  public void getAll(IndexId index, EntryBlock block) {
    shared.getAll(moved(index), block);
  }

  @Override
  public IndexCursor lookup(IndexId index, Bytes key) {
    return shared.lookup(moved(index), key);
  }

  @Override
  public IndexCursor range(IndexId index, KeyRange range, Direction direction) {
    return shared.range(moved(index), range, direction);
  }

  @Override
  public long estimatedEntries(IndexId index) {
    return shared.estimatedEntries(moved(index));
  }

  @Override
  public void lockTable(TableId table, LockStrength strength, long schemaVersion) {
    shared.lockTable(moved(table), strength, schemaVersion);
  }

  @Override
  public boolean tryLockTable(TableId table, LockStrength strength) {
    return shared.tryLockTable(moved(table), strength);
  }

  @Override
  public RowLock lock(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
    return shared.lock(moved(index), key, strength, policy);
  }

  @Override
  public void put(IndexId index, Bytes key, Bytes value) {
    shared.put(moved(index), key, value);
  }

  @Override
  public int putAll(IndexId index, EntryRun run, boolean absent) {
    return shared.putAll(moved(index), run, absent);
  }

  @Override
  public void delete(IndexId index, Bytes key) {
    shared.delete(moved(index), key);
  }

  @Override
  public void hideWrites() {
    shared.hideWrites();
  }

  @Override
  public void showWrites() {
    shared.showWrites();
  }

  @Override
  public boolean isHidden(IndexId index, Bytes key) {
    return shared.isHidden(moved(index), key);
  }

  @Override
  public void createIndex(IndexId index, IndexKind kind) {
    shared.createIndex(moved(index), kind);
  }

  @Override
  public void dropIndex(IndexId index) {
    shared.dropIndex(moved(index));
  }

  @Override
  public void changeSchema(TableId table) {
    shared.changeSchema(moved(table));
  }

  @Override
  public long writtenBytes() {
    return shared.writtenBytes();
  }

  @Override
  public long writtenBytesMax() {
    return shared.writtenBytesMax();
  }

  @Override
  public void announce(Bytes message) {
    shared.announce(message);
  }

  @Override
  public Savepoint savepoint() {
    return shared.savepoint();
  }

  @Override
  public void rollbackTo(Savepoint savepoint) {
    shared.rollbackTo(savepoint);
  }

  @Override
  public void token(CommitToken token) {
    shared.token(token);
  }

  @Override
  public void synchronousCommit(SynchronousCommit least) {
    shared.synchronousCommit(least);
  }

  @Override
  public long commit() {
    return shared.commit();
  }

  @Override
  public void rollback() {
    shared.rollback();
  }

  @Override
  public void cancel() {
    shared.cancel();
  }
}
