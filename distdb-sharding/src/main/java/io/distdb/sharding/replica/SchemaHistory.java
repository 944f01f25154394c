// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * When schemas changed: all changes that some permitted snapshot may tell apart, and each table's
 * last. Kept as side records too. One thread changes it, any reads.
 */
public final class SchemaHistory {
  private static final long[] NONE = {};

  private final ConcurrentHashMap<TableId, Long> lastChanges = new ConcurrentHashMap<>();

  /** Commit timestamps, ascending. Replaced, never changed. */
  private volatile long[] changes = NONE;

  SchemaHistory() {}

  /** The newest change at or below {@code snapshot}; {@link Timestamp#NONE} before the first. */
  public long versionAt(long snapshot) {
    long[] current = changes;
    int last = current.length - 1;
    while (last >= 0 && current[last] > snapshot) {
      last--;
    }
    return last < 0 ? Timestamp.NONE : current[last];
  }

  /** Whether {@code table} changed after {@code version}, so that a plan of then is stale. */
  public boolean changedSince(TableId table, long version) {
    long[] current = changes;
    if (current.length == 0 || current[current.length - 1] <= version) {
      return false;
    }
    Long last = lastChanges.get(table);
    return last != null && last > version;
  }

  /** Adds the side records of a change to the batch that makes it. */
  static void record(WriteBatch batch, List<TableId> tables) {
    if (tables.isEmpty()) {
      return;
    }
    batch.putSide(SideRecords.schemaChange(batch.timestamp()), Bytes.EMPTY);
    for (TableId table : tables) {
      batch.putSide(SideRecords.table(table), SideRecords.of(batch.timestamp()));
    }
  }

  void changed(List<TableId> tables, long timestamp) {
    for (TableId table : tables) {
      lastChanges.merge(table, timestamp, Math::max);
    }
    add(timestamp);
  }

  private void add(long timestamp) {
    changes = with(changes, timestamp);
  }

  private static long[] with(long[] old, long timestamp) {
    int at = Arrays.binarySearch(old, timestamp);
    if (at >= 0) {
      return old;
    }
    int insert = -at - 1;
    long[] more = new long[old.length + 1];
    System.arraycopy(old, 0, more, 0, insert);
    more[insert] = timestamp;
    System.arraycopy(old, insert, more, insert + 1, old.length - insert);
    return more;
  }

  /**
   * Adds to {@code batch} the end of the changes that no snapshot at or above {@code safePoint}
   * tells apart; {@link #pruned} follows once it is applied.
   *
   * @return how many these are
   */
  int toPrune(long safePoint, WriteBatch batch) {
    long[] old = changes;
    int keepFrom = 0;
    while (keepFrom + 1 < old.length && old[keepFrom + 1] <= safePoint) {
      batch.deleteSide(SideRecords.schemaChange(old[keepFrom]));
      keepFrom++;
    }
    return keepFrom;
  }

  /** Forgets the oldest changes. */
  void pruned(int count) {
    if (count > 0) {
      changes = Arrays.copyOfRange(changes, count, changes.length);
    }
  }

  /** What {@code store} has takes the place of what there is, an earlier state or nothing. */
  void load(Store store) {
    // Readers go on meanwhile: a table's last change only rises, and the others come at once.
    store.forEachSide(
        SideRecords.TABLES,
        (key, value) ->
            lastChanges.merge(
                new TableId(SideRecords.keyNumber(key)), SideRecords.number(value, 0), Math::max));
    AtomicReference<long[]> found = new AtomicReference<>(NONE);
    store.forEachSide(
        SideRecords.SCHEMA_CHANGES,
        (key, value) -> found.set(with(found.get(), SideRecords.keyNumber(key))));
    changes = found.get();
  }
}
