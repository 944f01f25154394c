// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;

/**
 * One transaction. Used by one thread at a time; {@link #cancel} by any. Reads see its snapshot and
 * its own writes; writes stay here until {@link #commit}.
 *
 * <p>Errors that end it: {@code SERIALIZATION_FAILURE}, {@code DEADLOCK_DETECTED}, {@code
 * LOCK_NOT_AVAILABLE}, {@code SNAPSHOT_TOO_OLD}, {@code QUERY_CANCELED}, {@code
 * PROGRAM_LIMIT_EXCEEDED} (its writes passed a quarter of the memory budget). After one of them
 * only {@link #rollback} and {@link #rollbackTo} are allowed.
 */
public interface Transaction extends AutoCloseable {
  IsolationLevel isolation();

  boolean readOnly();

  /** Begins a statement: under READ COMMITTED the next read takes a new snapshot. */
  void beginStatement();

  /** The timestamp at which reads happen now. Taken on first use. */
  long snapshot();

  /**
   * The commit timestamp of the newest schema change that this transaction's snapshot sees, and
   * {@link io.distdb.api.Timestamp#NONE} before the first: a plan made for another answer is stale.
   */
  long schemaVersion();

  // --- reads ---

  /**
   * The value of {@code key}, or null. SERIALIZABLE locks the key, present or not, and reads the
   * newest.
   */
  Bytes get(IndexId index, Bytes key);

  /**
   * {@link #get} for each key of {@code block}, at one moment or one by one; as {@link
   * io.distdb.api.index.Index#getAll}, own writes included.
   */
  default void getAll(IndexId index, EntryBlock block) {
    for (int i = 0; i < block.size(); i++) {
      Bytes value = get(index, block.key(i));
      block.setValue(i, value == null ? null : value.array());
    }
  }

  /** As {@link io.distdb.api.index.Index#lookup}, own writes included. */
  IndexCursor lookup(IndexId index, Bytes key);

  /**
   * As {@link io.distdb.api.index.Index#range}, own writes included; stays valid while this
   * transaction writes.
   */
  IndexCursor range(IndexId index, KeyRange range, Direction direction);

  /** About how many entries {@code index} has, own writes left aside. */
  long estimatedEntries(IndexId index);

  // --- locks and writes ---

  /**
   * Locks {@code table} against schema changes (SHARED, by everyone who writes to it) or for one
   * (EXCLUSIVE), until the end. Cheap when it is held already.
   *
   * @param schemaVersion what {@link #schemaVersion} said when the plan was made
   * @throws io.distdb.api.error.DistDbException {@code SERIALIZATION_FAILURE}: the table changed
   *     after {@code schemaVersion}
   */
  void lockTable(TableId table, LockStrength strength, long schemaVersion);

  /**
   * As {@link #lockTable}, whatever the table's definition is now, but without waiting.
   *
   * @return false: somebody else has it
   */
  boolean tryLockTable(TableId table, LockStrength strength);

  /**
   * Locks {@code key}, present or not, then reads its newest value.
   *
   * @throws io.distdb.api.error.DistDbException {@code SERIALIZATION_FAILURE}: REPEATABLE READ, and
   *     a version newer than the snapshot was committed
   */
  RowLock lock(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy);

  /** Writes; takes the exclusive lock when it is not held. */
  void put(IndexId index, Bytes key, Bytes value);

  /**
   * Puts all entries of {@code run}, which is the transaction's from now on, and sorted. Takes the
   * exclusive locks that are not held: of a large run one lock over the range of its keys if that
   * is free at once, else of each key.
   *
   * @param run its keys are distinct and not there, except, when {@code absent}, by mistake
   * @param absent whether that is to be checked
   * @return -1; or, when a key is there already or was added twice, how many entries were added
   *     before the first such one, and then the run is not written, at least not all of it
   */
  int putAll(IndexId index, EntryRun run, boolean absent);

  /** Deletes; takes the exclusive lock when it is not held. The key need not exist. */
  void delete(IndexId index, Bytes key);

  /**
   * From now on reads do not see what is written, until {@link #showWrites}; locks do. For
   * statements that change several tables at one snapshot.
   */
  void hideWrites();

  /** Reads see all writes again. Harmless when they do already. */
  void showWrites();

  /** Whether {@code key} was written since {@link #hideWrites}. */
  boolean isHidden(IndexId index, Bytes key);

  /** Creates an index, seen by this transaction at once. */
  void createIndex(IndexId index, IndexKind kind);

  /** Drops an index; snapshots that see it go on reading it. */
  void dropIndex(IndexId index);

  /** Says that this transaction changes {@code table}'s definition; its lock must be EXCLUSIVE. */
  void changeSchema(TableId table);

  /** Bytes of writes held here. */
  long writtenBytes();

  /** What {@link #writtenBytes} may come to. */
  long writtenBytesMax();

  /** Has {@link #commit} tell {@code message} to the {@link AnnouncementListener} of every node. */
  void announce(Bytes message);

  // --- savepoints and end ---

  Savepoint savepoint();

  /** Undoes the writes since {@code savepoint}, which stays; locks stay held. */
  void rollbackTo(Savepoint savepoint);

  /**
   * Says what {@link #commit} has to wait for, in place of what the options said. It may wait for
   * more.
   */
  default void synchronousCommit(SynchronousCommit least) {}

  /**
   * Names the commit, in place of what the options said.
   *
   * @param token null: it has no name
   */
  void token(CommitToken token);

  /**
   * Makes the writes durable and visible, all at once.
   *
   * @return the commit timestamp, or the snapshot's when nothing was written
   * @throws io.distdb.api.error.DistDbException nothing was applied, unless the code is {@code
   *     COMMIT_OUTCOME_UNKNOWN}; the transaction is over either way
   */
  long commit();

  /** Forgets the writes and lets the locks go. Never fails. Harmless after the end. */
  void rollback();

  /**
   * Ends a wait of this transaction, now or the next one, with {@code QUERY_CANCELED}. Any thread.
   */
  void cancel();

  /** {@link #rollback}. */
  @Override
  default void close() {
    rollback();
  }
}
