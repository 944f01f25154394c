// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.storage.WriteBatch.Delete;
import io.distdb.api.storage.WriteBatch.Operation;
import io.distdb.api.storage.WriteBatch.Put;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a transaction has written and not committed: the newest value of each key, in order of first
 * writing.
 *
 * <p>Design note. Most transactions write a handful of entries, so they are a plain list, of the
 * operations that the commit's batch has, searched from end to end; above {@link #LINEAR_MAX} a
 * hash table of positions is added, and an index gets an ordered map of its own only when a range
 * over it is asked for while it has many writes here. Savepoints are undone from a log of what each
 * write replaced, which is kept only once there is a savepoint.
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

  private final ArrayList<Operation> writes = new ArrayList<>(WRITES_FEW);
  private long bytes;

  /** Of {@link #bytes} those of deletions. */
  private long deletionBytes;

  /** Position + 1 by hash, linear probing; null while the buffer is small. */
  private int[] table;

  private Map<IndexId, NavigableMap<Bytes, Integer>> orders;
  private UndoLog undo;

  /** What writes since {@link #hide} replaced, by position; null while all are seen. */
  private HiddenWrites hidden;

  /** Null until there is one. */
  private SchemaWrites schema;

  // --- lookup ---

  boolean isEmpty() {
    return writes.isEmpty() && !hasSchemaWrites();
  }

  int size() {
    return writes.size();
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

  /** Indexes created and dropped, tables changed. Only by the writing thread. */
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
    if (table == null) {
      for (int i = writes.size() - 1; i >= 0; i--) {
        if (is(i, index, key)) {
          return i;
        }
      }
      return -1;
    }
    int mask = table.length - 1;
    for (int slot = hash(index, key) & mask; table[slot] != 0; slot = slot + 1 & mask) {
      if (is(table[slot] - 1, index, key)) {
        return table[slot] - 1;
      }
    }
    return -1;
  }

  private boolean is(int position, IndexId index, Bytes key) {
    return isIn(position, index) && key(position).equals(key);
  }

  private boolean isIn(int position, IndexId index) {
    return index(position).value() == index.value();
  }

  Bytes key(int position) {
    return writes.get(position) instanceof Put put
        ? put.key()
        : ((Delete) writes.get(position)).key();
  }

  /** The value, or null: deleted. */
  Bytes value(int position) {
    return writes.get(position) instanceof Put put ? put.value() : null;
  }

  IndexId index(int position) {
    return writes.get(position) instanceof Put put
        ? put.index()
        : ((Delete) writes.get(position)).index();
  }

  /** From now on {@link #slice} and {@link #seen} do not see what is written. */
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

  /** As {@link #find}, or -1 for a key that was first written since {@link #hide}. */
  int findSeen(IndexId index, Bytes key) {
    int position = find(index, key);
    return position >= 0 && seen(position) == null ? -1 : position;
  }

  /** As a reader sees the entry; null: not at all. */
  private Operation seen(int position) {
    return isHidden(position) ? hidden.before(position) : writes.get(position);
  }

  /** The value that a reader sees of an entry that it sees, or null: deleted. */
  Bytes seenValue(int position) {
    return seen(position) instanceof Put put ? put.value() : null;
  }

  /** Whether committing this changes what a reader of {@code key} sees. */
  boolean touches(IndexId index, Bytes key) {
    return find(index, key) >= 0;
  }

  /** As for a key; may say so of a range that it does not touch. */
  boolean touches(IndexId index, KeyRange range) {
    if (writes.size() > COMPARED_MAX) {
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
    if (writes.isEmpty() || range.isEmpty()) {
      return OwnWrites.NONE;
    }
    int[] positions = writes.size() < ORDER_MIN ? scan(index, range) : ordered(index, range);
    if (positions.length == 0) {
      return OwnWrites.NONE;
    }
    if (hidden != null) {
      positions = Arrays.stream(positions).filter(position -> seen(position) != null).toArray();
    }
    Bytes[] sliceKeys = new Bytes[positions.length];
    Bytes[] sliceValues = new Bytes[positions.length];
    for (int i = 0; i < positions.length; i++) {
      sliceKeys[i] = key(positions[i]);
      sliceValues[i] = seenValue(positions[i]);
    }
    return new OwnWrites(sliceKeys, sliceValues);
  }

  /** Few writes: pick, and sort by insertion. */
  private int[] scan(IndexId index, KeyRange range) {
    int[] found = new int[writes.size()];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      if (isIn(i, index) && range.contains(key(i))) {
        int at = count++;
        while (at > 0 && key(found[at - 1]).compareTo(key(i)) > 0) {
          found[at] = found[at - 1];
          at--;
        }
        found[at] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private int[] ordered(IndexId index, KeyRange range) {
    if (orders == null) {
      orders = new HashMap<>();
    }
    NavigableMap<Bytes, Integer> order = orders.get(index);
    if (order == null) {
      order = new TreeMap<>();
      for (int i = 0; i < writes.size(); i++) {
        if (isIn(i, index)) {
          order.put(key(i), i);
        }
      }
      orders.put(index, order);
    }
    NavigableMap<Bytes, Integer> part =
        range.to() == null
            ? order.tailMap(range.from(), true)
            : order.subMap(range.from(), true, range.to(), false);
    int[] positions = new int[part.size()];
    int count = 0;
    for (int position : part.values()) {
      positions[count++] = position;
    }
    return positions;
  }

  // --- writing ---

  /** Writes; {@code value} null deletes. */
  void write(IndexId index, Bytes key, Bytes value) {
    write(find(index, key), index, key, value);
  }

  /**
   * As {@link #write(IndexId, Bytes, Bytes)}.
   *
   * @param position what {@link #find} says of the key
   */
  void write(int position, IndexId index, Bytes key, Bytes value) {
    Operation write = value == null ? new Delete(index, key) : new Put(index, key, value);
    if (position < 0) {
      append(write, index, key);
      if (hidden != null) {
        hidden.note(writes.size() - 1, null);
      }
      if (undo != null) {
        undo.add(writes.size() - 1, null);
      }
      return;
    }
    if (hidden != null) {
      hidden.note(position, writes.get(position));
    }
    if (undo != null) {
      undo.add(position, writes.get(position));
    }
    replace(position, write);
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
    if (table != null && size * 2 <= table.length) {
      insert(size - 1);
    } else if (size > LINEAR_MAX) {
      rehash();
    }
    NavigableMap<Bytes, Integer> order = orders == null ? null : orders.get(index);
    if (order != null) {
      order.put(key, size - 1);
    }
  }

  private void rehash() {
    int size = writes.size();
    table = new int[Math.max(32, Integer.highestOneBit(size) * 4)];
    for (int i = 0; i < size; i++) {
      insert(i);
    }
  }

  private void insert(int position) {
    int mask = table.length - 1;
    int slot = hash(index(position), key(position)) & mask;
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    table[slot] = position + 1;
  }

  private static int hash(IndexId index, Bytes key) {
    int hash = (key.hashCode() * 31 + Long.hashCode(index.value())) * 0x9e3779b9;
    return hash ^ hash >>> 16;
  }

  // --- savepoints ---

  /** A place for {@link #undoTo}. */
  long mark() {
    if (undo == null) {
      undo = new UndoLog();
    }
    return undo.size();
  }

  void undoTo(long mark) {
    hidden = null;
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
    NavigableMap<Bytes, Integer> order = orders == null ? null : orders.get(index(position));
    if (order != null) {
      order.remove(key(position));
    }
    if (table != null) {
      unhash(position);
    }
    count(writes.remove(position), -1);
  }

  /** Deletion by shifting back. Source: Knuth, volume 3, section 6.4, algorithm R. */
  private void unhash(int position) {
    int mask = table.length - 1;
    int hole = hash(index(position), key(position)) & mask;
    while (table[hole] != position + 1) {
      hole = hole + 1 & mask;
    }
    for (int slot = hole + 1 & mask; table[slot] != 0; slot = slot + 1 & mask) {
      int home = hash(index(table[slot] - 1), key(table[slot] - 1)) & mask;
      if ((slot - home & mask) >= (slot - hole & mask)) {
        table[hole] = table[slot];
        hole = slot;
      }
    }
    table[hole] = 0;
  }

  // --- the end ---

  /** Everything, as one batch: new indexes, then entries, then dropped indexes. */
  WriteBatch toBatch(long timestamp) {
    if (!hasSchemaWrites()) {
      return WriteBatch.over(writes, Math.toIntExact(bytes)).at(timestamp);
    }
    WriteBatch batch = new WriteBatch(writes.size() + schema.size()).at(timestamp);
    schema.addCreated(batch);
    for (int i = 0; i < writes.size(); i++) {
      if (!schema.dropped(index(i))) {
        batch.add(writes.get(i));
      }
    }
    schema.addDropped(batch);
    return batch;
  }
}
