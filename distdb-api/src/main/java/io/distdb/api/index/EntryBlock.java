// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import io.distdb.api.Bytes;
import java.util.Arrays;

/**
 * Entries in memory that belongs to the reader of a cursor, filled again and again: a scan that
 * {@linkplain IndexCursor#next(EntryBlock) takes blocks} makes no garbage for each entry. Keys are
 * copied, one behind the other, into one array; values are the index's own arrays.
 *
 * <p>What a position means, and the bytes of keys, hold until the block is filled anew or {@link
 * #clear cleared}; the arrays of values, and {@link Bytes} made here, stay valid for ever. Used by
 * one thread.
 */
public final class EntryBlock {
  /** Bytes behind the last key that a cursor may spoil: it copies keys by words. */
  public static final int SLACK = 8;

  private static final int KEY_BYTES_FIRST = 24;

  /** Element i: where key i begins and the one before ends. */
  private final int[] starts;

  private final Object[] values;
  private final boolean hasKeys;
  private byte[] keys;
  private int size;

  /**
   * An empty block.
   *
   * @param capacity most entries, at least 1
   */
  public EntryBlock(int capacity) {
    this(capacity, true);
  }

  private EntryBlock(int capacity, boolean hasKeys) {
    this.hasKeys = hasKeys;
    starts = new int[hasKeys ? capacity + 1 : 1];
    values = new Object[capacity];
    keys = new byte[hasKeys ? capacity * KEY_BYTES_FIRST + SLACK : 0];
  }

  /**
   * An empty block that takes the values only, which spares a scan the copies of the keys; it must
   * not be asked for keys.
   *
   * @param capacity most entries, at least 1
   */
  public static EntryBlock ofValues(int capacity) {
    return new EntryBlock(capacity, false);
  }

  /** Whether it keeps keys. */
  public boolean hasKeys() {
    return hasKeys;
  }

  public int capacity() {
    return values.length;
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == values.length;
  }

  /** The bytes of all keys, for reading only; another array when the block was filled anew. */
  public byte[] keys() {
    return keys;
  }

  /** Where in {@link #keys} the key at {@code position} begins. */
  public int keyStart(int position) {
    return starts[position];
  }

  /** Behind its last byte. */
  public int keyEnd(int position) {
    return starts[position + 1];
  }

  /** A copy of the key at {@code position}. */
  public Bytes key(int position) {
    return Bytes.copyOf(keys, starts[position], starts[position + 1]);
  }

  /** The bytes of the value at {@code position}, for reading only. */
  public byte[] valueArray(int position) {
    return (byte[]) values[position];
  }

  public Bytes value(int position) {
    return Bytes.wrap(valueArray(position));
  }

  /** Removes all entries; who keeps an empty block for long keeps no values by it. */
  public void clear() {
    Arrays.fill(values, 0, size, null);
    size = 0;
  }

  /** Adds an entry, whose key is copied and whose value is not. There is room. */
  public void add(Bytes key, Bytes value) {
    if (!hasKeys) {
      addValue(value.array());
      return;
    }
    int length = key.length();
    byte[] target = keysWithRoom(length);
    int to = starts[size];
    System.arraycopy(key.array(), 0, target, to, length);
    values[size++] = value.array();
    starts[size] = to + length;
  }

  /**
   * Adds the key that {@code source} has from {@code from} up to, not including, {@code to}; its
   * value is null until {@link #setValue}. The block keeps keys, and there is room.
   */
  public void addKey(byte[] source, int from, int to) {
    int length = to - from;
    byte[] target = keysWithRoom(length);
    int start = starts[size];
    System.arraycopy(source, from, target, start, length);
    values[size++] = null;
    starts[size] = start + length;
  }

  /** The bytes of the value at {@code position}, for reading only, from now on; null: absent. */
  public void setValue(int position, byte[] value) {
    values[position] = value;
  }

  /** Removes the entries whose value is null; the others stay in their order. */
  public void removeAbsent() {
    int kept = 0;
    while (kept < size && values[kept] != null) {
      kept++;
    }
    for (int at = kept; at < size; at++) {
      if (values[at] != null) {
        int length = starts[at + 1] - starts[at];
        System.arraycopy(keys, starts[at], keys, starts[kept], length);
        values[kept] = values[at];
        starts[kept + 1] = starts[kept] + length;
        kept++;
      }
    }
    Arrays.fill(values, kept, size, null);
    size = kept;
  }

  /** For cursors: adds an entry to a block without keys. There is room. */
  public void addValue(byte[] value) {
    values[size++] = value;
  }

  /**
   * For cursors: {@link #keys} with room for {@code bytes}, and {@link #SLACK} more, behind the
   * last key.
   */
  public byte[] keysWithRoom(int bytes) {
    int needed = starts[size] + bytes + SLACK;
    if (needed > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(needed, keys.length + (keys.length >> 1)));
    }
    return keys;
  }

  /**
   * For cursors: where keys begin and end. The entries from {@link #size} on are to be set before
   * {@link #added}.
   */
  public int[] keyStarts() {
    return starts;
  }

  /**
   * For cursors: the values, each a {@code byte[]}. From {@link #size} on there may be anything
   * meanwhile, and must be null, or an added value, in the end.
   */
  public Object[] values() {
    return values;
  }

  /** For cursors: says that {@code count} more entries are in the arrays. */
  public void added(int count) {
    size += count;
  }
}
