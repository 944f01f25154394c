// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import java.util.Arrays;

/**
 * All entries of one hashed part, when there are several: a few in an array, which is replaced when
 * an entry comes or goes, more in a tree of full keys. So an index on a column of few values stays
 * logarithmic.
 */
sealed interface HashGroup {
  /** Most entries in an array. */
  int FEW_MAX = 8;

  /** Some entry's key, or what an entry's key starts with: holds the hashed part. */
  byte[] keyStart();

  byte[] get(byte[] key, long asOf);

  long newestTimestamp(byte[] key);

  IndexCursor entries(long asOf);

  VersionedIndex.VersionCursor versions();

  /** At least one entry; the array is never changed. */
  record Few(HashEntry[] entries) implements HashGroup {
    static Few of(HashEntry entry, HashEntry second) {
      return new Few(new HashEntry[] {entry, second});
    }

    @Override
    public byte[] keyStart() {
      return entries[0].key;
    }

    HashEntry find(byte[] key) {
      for (HashEntry entry : entries) {
        if (Arrays.equals(entry.key, key)) {
          return entry;
        }
      }
      return null;
    }

    Few with(HashEntry entry) {
      HashEntry[] more = Arrays.copyOf(entries, entries.length + 1);
      more[entries.length] = entry;
      return new Few(more);
    }

    @Override
    public byte[] get(byte[] key, long asOf) {
      HashEntry entry = find(key);
      return entry == null ? null : entry.visible(asOf);
    }

    @Override
    public long newestTimestamp(byte[] key) {
      HashEntry entry = find(key);
      return entry == null ? 0 : entry.newestTimestamp();
    }

    @Override
    public IndexCursor entries(long asOf) {
      return new HashCursor(entries, asOf);
    }

    @Override
    public VersionedIndex.VersionCursor versions() {
      return new EntryVersionCursor(entries);
    }

    long heapBytes() {
      return heapBytes(entries.length);
    }

    static long heapBytes(int entries) {
      return HeapLayout.object(1, 0) + HeapLayout.references(entries);
    }
  }

  /** More entries; {@code keyStart} has the hashed part. */
  record Many(byte[] keyStart, Tree tree) implements HashGroup {
    /** Moves entries, with all their versions, into a tree. */
    static Many of(Few few, TreePath path, IndexCounters counters) {
      Tree tree = new Tree(counters);
      for (HashEntry entry : few.entries()) {
        counters.addBytes(-entry.heapBytes());
        tree.adopt(path, entry);
      }
      Many many = new Many(few.keyStart(), tree);
      counters.addBytes(many.heapBytes());
      return many;
    }

    /** Heap of the group without the nodes of its tree. */
    long heapBytes() {
      return HeapLayout.object(2, 0) + Tree.heapBytes() + HeapLayout.bytes(keyStart.length);
    }

    @Override
    public byte[] get(byte[] key, long asOf) {
      return tree.get(key, asOf);
    }

    @Override
    public long newestTimestamp(byte[] key) {
      return tree.newestTimestamp(key);
    }

    @Override
    public IndexCursor entries(long asOf) {
      return new TreeCursor(tree, KeyRange.ALL, Direction.FORWARD, asOf);
    }

    @Override
    public VersionedIndex.VersionCursor versions() {
      return new TreeVersionCursor(tree);
    }
  }
}
