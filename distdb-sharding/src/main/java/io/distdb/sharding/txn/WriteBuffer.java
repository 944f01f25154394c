// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.storage.WriteBatch.Delete;
import io.distdb.api.storage.WriteBatch.Operation;
import io.distdb.api.storage.WriteBatch.Put;
import java.util.ArrayList;
import java.util.List;

/**
 * What a transaction wrote: the newest value of each key, in order of first writing.
 *
 * <p>Design note. Most transactions write a handful of entries, so they are a plain list, of the
 * operations that the commit's batch has, searched from end to end; above {@link #LINEAR_MAX} a
 * hash table of positions is added, and an index gets an ordered map of its own only when a range
 * over it is asked for while it has many writes here. Savepoints are undone from a log of what each
 * write replaced, which is kept only once there is a savepoint.
 *
 * <p>Large runs of new keys are not among them but beside, see {@link OwnRuns}: they are found by
 * binary search, and what is written to one of their keys later goes to the list, which is looked
 * at first. A position of a key in a run has {@link #IN_RUN} added.
 *
 * <p>One thread writes. Once the commit is marked, nothing changes and any thread may read.
 */
final class WriteBuffer {
  /** A row and its entry in one secondary index. */
  private static final int WRITES_FEW = 2;

  private static final int LINEAR_MAX = 8;
  private static final int ORDER_MIN = 32;

  /** Writes of a committing transaction that a range reader compares; above, it just waits. */
  private static final int COMPARED_MAX = 1024;

  /** Positions from here on are in the runs. */
  static final int IN_RUN = 1 << 30;

  private final ArrayList<Operation> writes = new ArrayList<>(WRITES_FEW);
  private long bytes;

  /** Of {@link #bytes} those of deletions. */
  private long deletionBytes;

  /** Null while the buffer is small. */
  private PositionTable table;

  /** Null until there is one. */
  private WriteOrders orders;

  private UndoLog undo;

  /** What writes since {@link #hide} replaced, by position; null while all are seen. */
  private HiddenWrites hidden;

  /** Null until there is one. */
  private OwnRuns runs;

  /** Null until there is one. */
  private SchemaWrites schema;

  // --- lookup ---

  boolean isEmpty() {
    return writes.isEmpty() && runs == null && !hasSchemaWrites();
  }

  /** How many entries are written. */
  int size() {
    return writes.size() + (runs == null ? 0 : runs.size());
  }

  /** How many of them are not in a run: their positions are below this. */
  int singles() {
    return writes.size();
  }

  /** The position of some entry; there is one. */
  int anyPosition() {
    return writes.isEmpty() ? IN_RUN : 0;
  }

  /**
   * Bytes by which the store may grow: deletions do not count, so that they go on when memory has
   * run out.
   */
  long growthBytes() {
    return bytes - deletionBytes;
  }

  long bytes() {
    return bytes;
  }

  /** What is not an entry. Only by the writing thread. */
  SchemaWrites schema() {
    if (schema == null) {
      schema = new SchemaWrites();
    }
    return schema;
  }

  boolean hasSchemaWrites() {
    return schema != null && !schema.isEmpty();
  }

  boolean changesSchema() {
    return schema != null && schema.changesSchema();
  }

  List<TableId> changedTables() {
    return schema == null ? List.of() : schema.changedTables();
  }

  /** Where {@code key} is, or -1. */
  int find(IndexId index, Bytes key) {
    int position = findSingle(index, key);
    if (position >= 0 || runs == null) {
      return position;
    }
    int inRuns = runs.find(index, key.array());
    return inRuns < 0 ? -1 : IN_RUN + inRuns;
  }

  /** As {@link #find}, not in runs. */
  int findSingle(IndexId index, Bytes key) {
    if (table == null) {
      for (int i = writes.size() - 1; i >= 0; i--) {
        if (is(i, index, key)) {
          return i;
        }
      }
      return -1;
    }
    return table.find(index, key);
  }

  /** Whether the write at {@code position}, not in a run, is of this key. */
  boolean is(int position, IndexId index, Bytes key) {
    return isIn(position, index) && key(position).equals(key);
  }

  boolean isIn(int position, IndexId index) {
    return index(position).value() == index.value();
  }

  Bytes key(int position) {
    if (position >= IN_RUN) {
      return runs.key(position - IN_RUN);
    }
    return writes.get(position) instanceof Put put
        ? put.key()
        : ((Delete) writes.get(position)).key();
  }

  /** The value, or null: deleted. */
  Bytes value(int position) {
    if (position >= IN_RUN) {
      return runs.value(position - IN_RUN);
    }
    return writes.get(position) instanceof Put put ? put.value() : null;
  }

  IndexId index(int position) {
    if (position >= IN_RUN) {
      return runs.index(position - IN_RUN);
    }
    return writes.get(position) instanceof Put put
        ? put.index()
        : ((Delete) writes.get(position)).index();
  }

  /** From now on {@link #slice} and {@link #findSeen} do not see what is written. */
  void hide() {
    hidden = new HiddenWrites();
  }

  void show() {
    hidden = null;
  }

  /** Whether the entry was written since {@link #hide}. */
  boolean isHidden(int position) {
    return hidden != null && hidden.contains(position);
  }

  /** Whether {@link #hide} is in force. */
  boolean isHiding() {
    return hidden != null;
  }

  /** As {@link #find}, of the entry that a reader sees. */
  int findSeen(IndexId index, Bytes key) {
    return hidden == null ? find(index, key) : hidden.find(this, runs, index, key);
  }

  /** The value that a reader sees of what {@link #findSeen} found, or null: deleted. */
  Bytes seenValue(int position) {
    return isHidden(position) ? hidden.valueBefore(position) : value(position);
  }

  /** Whether committing this changes what a reader of {@code key} sees. */
  boolean touches(IndexId index, Bytes key) {
    return find(index, key) >= 0;
  }

  /** As for a key; may say so of a range that it does not touch. */
  boolean touches(IndexId index, KeyRange range) {
    if (writes.size() > COMPARED_MAX || runs != null && runs.has(index)) {
      return true;
    }
    for (int i = 0; i < writes.size(); i++) {
      if (isIn(i, index) && range.contains(key(i))) {
        return true;
      }
    }
    return false;
  }

  /** The writes within {@code range}, ascending: as they are now, whatever is written later. */
  OwnWrites slice(IndexId index, KeyRange range) {
    if (range.isEmpty()) {
      return OwnWrites.NONE;
    }
    OwnWrites single = sliceSingle(index, range);
    return runs == null ? single : runs.slice(index, range, single);
  }

  private OwnWrites sliceSingle(IndexId index, KeyRange range) {
    int[] positions =
        writes.size() < ORDER_MIN
            ? WriteOrders.few(this, index, range)
            : orders().within(index, range);
    if (positions.length == 0) {
      return OwnWrites.NONE;
    }
    if (hidden != null) {
      positions = hidden.seen(positions);
    }
    return OwnWrites.of(this, positions);
  }

  private WriteOrders orders() {
    if (orders == null) {
      orders = new WriteOrders(this);
    }
    return orders;
  }

  // --- writing ---

  /**
   * Writes; {@code value} null deletes.
   *
   * @param position what {@link #find} says of the key
   */
  void write(int position, IndexId index, Bytes key, Bytes value) {
    Operation write = value == null ? new Delete(index, key) : new Put(index, key, value);
    boolean isNew = position < 0 || position >= IN_RUN;
    int at = isNew ? writes.size() : position;
    Operation before = isNew ? null : writes.get(at);
    if (hidden != null) {
      hidden.note(at, before);
    }
    if (undo != null) {
      undo.add(at, before);
    }
    if (isNew) {
      append(write, index, key);
    } else {
      replace(at, write);
    }
  }

  /** Whether {@code index} has writes apart from {@link #hasRun runs}. */
  boolean hasSingle(IndexId index) {
    for (int i = 0; i < writes.size(); i++) {
      if (isIn(i, index)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a key between the first and the last of {@code run} is in a run of {@code index}. */
  boolean hasRun(IndexId index, EntryRun run) {
    return runs != null && runs.overlaps(index, run);
  }

  /** Writes all of a sorted run; its keys are not here, unless deleted by a single write. */
  void putAll(IndexId index, EntryRun run) {
    EntryRun rest = hasSingle(index) ? OwnRuns.withoutSingle(index, run, this) : run;
    if (rest.size() > 0) {
      if (runs == null) {
        runs = new OwnRuns();
      }
      runs.add(index, rest);
      bytes += OwnRuns.encodedBytes(index, rest);
    }
  }

  private void replace(int position, Operation write) {
    count(writes.set(position, write), -1);
    count(write, 1);
  }

  private void count(Operation write, int sign) {
    int size = sign * WriteBatch.encodedBytes(write);
    bytes += size;
    deletionBytes += write instanceof Delete ? size : 0;
  }

  private void append(Operation write, IndexId index, Bytes key) {
    writes.add(write);
    count(write, 1);
    int size = writes.size();
    if (table != null) {
      table.add(size - 1);
    } else if (size > LINEAR_MAX) {
      table = new PositionTable(this);
      for (int i = 0; i < size; i++) {
        table.add(i);
      }
    }
    if (orders != null) {
      orders.added(index, key, size - 1);
    }
  }

  // --- savepoints ---

  /** A place for {@link #undoTo}, together with {@link #markRuns}. */
  long mark() {
    if (undo == null) {
      undo = new UndoLog();
    }
    return undo.size();
  }

  int markRuns() {
    return runs == null ? 0 : runs.mark();
  }

  void undoTo(long mark, int runsMark) {
    hidden = null;
    if (runs != null) {
      bytes -= runs.undoTo(runsMark);
      runs = runs.isEmpty() ? null : runs;
    }
    while (undo.size() > mark) {
      int position = undo.lastPosition();
      Operation before = undo.lastWrite();
      undo.removeLast();
      if (before == null) {
        removeLast(position);
      } else {
        replace(position, before);
      }
    }
  }

  /** Positions are given out in order, so the newest write of a new key is the last entry. */
  private void removeLast(int position) {
    if (orders != null) {
      orders.removed(index(position), key(position));
    }
    if (table != null) {
      table.remove(position);
    }
    count(writes.remove(position), -1);
  }

  // --- the end ---

  /** As one batch: new indexes, runs, entries, dropped indexes, what is announced. */
  WriteBatch toBatch(long timestamp) {
    if (!hasSchemaWrites() && runs == null) {
      return WriteBatch.over(writes, Math.toIntExact(bytes)).at(timestamp);
    }
    SchemaWrites steps = schema();
    WriteBatch batch = new WriteBatch(writes.size() + steps.size()).at(timestamp);
    steps.addCreated(batch);
    if (runs != null) {
      runs.addTo(batch, steps);
    }
    for (int i = 0; i < writes.size(); i++) {
      if (!steps.dropped(index(i))) {
        batch.add(writes.get(i));
      }
    }
    steps.addDropped(batch);
    steps.addAnnounced(batch);
    return batch;
  }
}
