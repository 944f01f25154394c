// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The equality index: version chains found by the hash of a key's hashed part ({@link HashKey}), in
 * the segments of a {@link HashDirectory}. One slot holds all entries of a hashed part, as one
 * entry or as a {@link HashGroup}; so a lookup is one probe, and a get one probe and, in a group,
 * one more search. Readers are wait-free: they load directory, cell, hash, slot and chain head with
 * acquire and never retry; what the writer replaces it leaves intact for those still on it.
 */
public final class HashIndex implements VersionedIndex {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final IndexId id;
  private final IndexCounters counters = new IndexCounters();
  private final HashDirectory directory = new HashDirectory(counters);
  private final HashCollector collector = new HashCollector(directory, counters);
  private final TreePath path = new TreePath();

  /** An empty index. */
  public HashIndex(IndexId id) {
    this.id = id;
  }

  /** Builds an index from versions in the order in which {@link #versions} gives them. */
  public static Loader loader(IndexId id) {
    HashIndex index = new HashIndex(id);
    return new Loader() {
      @Override
      public void add(byte[] key, byte[] value, long timestamp) {
        index.put(key, value, timestamp);
      }

      @Override
      public VersionedIndex finish() {
        return index;
      }
    };
  }

  /** For tests, to count its bytes anew. */
  HashDirectory directory() {
    return directory;
  }

  @Override
  public IndexId id() {
    return id;
  }

  @Override
  public IndexKind kind() {
    return IndexKind.HASH;
  }

  @Override
  public Bytes get(Bytes key, long asOf) {
    byte[] array = key.array();
    byte[] value =
        switch (find(array)) {
          case HashEntry entry -> sameKey(entry, array) ? entry.visible(asOf) : null;
          case HashGroup group -> group.get(array, asOf);
          case null, default -> null;
        };
    return value == null ? null : Bytes.wrap(value);
  }

  @Override
  public long newestTimestamp(Bytes key) {
    byte[] array = key.array();
    return switch (find(array)) {
      case HashEntry entry -> sameKey(entry, array) ? entry.newestTimestamp() : 0;
      case HashGroup group -> group.newestTimestamp(array);
      case null, default -> 0;
    };
  }

  /** The slot content for the hashed part of an entry key, or null. */
  private Object find(byte[] key) {
    if (!isValid(key)) {
      return null;
    }
    int length = HashKey.hashedLength(key);
    return find(key, 2, length);
  }

  private Object find(byte[] key, int from, int length) {
    long hash = hash(key, from, length);
    HashSegment segment = directory.segment(hash);
    int at = segment.find(hash, key, from, length);
    return at < 0 ? null : segment.slot(at);
  }

  private static boolean isValid(byte[] key) {
    return key.length >= 2 && 2 + HashKey.hashedLength(key) <= key.length;
  }

  /** The hashed parts are known to be the same. */
  private static boolean sameKey(HashEntry entry, byte[] key) {
    int from = 2 + HashKey.hashedLength(key);
    return Arrays.equals(entry.key, from, entry.key.length, key, from, key.length);
  }

  @Override
  public IndexCursor lookup(Bytes key, long asOf) {
    byte[] hashed = key.array();
    return switch (find(hashed, 0, hashed.length)) {
      case HashEntry entry -> new HashCursor(new HashEntry[] {entry}, asOf);
      case HashGroup group -> group.entries(asOf);
      case null, default -> HashCursor.empty();
    };
  }

  @Override
  public IndexCursor range(KeyRange range, Direction direction, long asOf) {
    throw new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "index " + id + " is a HASH index, which has no order to range over")
        .withHint("range over a BTREE index, or look up single keys here");
  }

  @Override
  public long estimatedEntries() {
    return counters.entries();
  }

  @Override
  public long estimatedBytes() {
    return counters.bytes();
  }

  @Override
  public long garbageVersions() {
    return counters.garbage();
  }

  @Override
  public void put(byte[] key, byte[] value, long timestamp) {
    Invariant.check(isValid(key), "a key of a HASH index has the layout of HashKey");
    int length = HashKey.hashedLength(key);
    long hash = hash(key, 2, length);
    HashSegment segment = directory.segment(hash);
    int at = segment.find(hash, key, 2, length);
    if (at < 0) {
      if (segment.isFull()) {
        segment = directory.grow(hash);
      }
      at = segment.add(hash, newEntry(key, value, timestamp));
    } else {
      putBeside(segment, at, key, value, timestamp);
    }
    if (mayHoldGarbage(segment.slot(at), value)) {
      segment.markDue(at);
    }
  }

  /** Adds a version where entries of the same hashed part are. */
  private void putBeside(HashSegment segment, int at, byte[] key, byte[] value, long timestamp) {
    Object slot = segment.slot(at);
    if (slot instanceof HashGroup.Many many) {
      many.tree().put(path, key, value, timestamp);
      return;
    }
    HashEntry entry;
    if (slot instanceof HashGroup.Few few) {
      entry = few.find(key);
    } else {
      entry = sameKey((HashEntry) slot, key) ? (HashEntry) slot : null;
    }
    if (entry != null) {
      entry.addVersion(value, timestamp, counters);
      return;
    }
    HashEntry added = newEntry(key, value, timestamp);
    if (!(slot instanceof HashGroup.Few few)) {
      HashGroup.Few two = HashGroup.Few.of((HashEntry) slot, added);
      counters.addBytes(two.heapBytes());
      segment.replace(at, two);
      return;
    }
    HashGroup.Few more = few.with(added);
    if (more.entries().length <= HashGroup.FEW_MAX) {
      counters.addBytes(more.heapBytes() - few.heapBytes());
      segment.replace(at, more);
    } else {
      counters.addBytes(-few.heapBytes());
      segment.replace(at, HashGroup.Many.of(more, path, counters));
    }
  }

  private HashEntry newEntry(byte[] key, byte[] value, long timestamp) {
    HashEntry entry = new HashEntry(key, value, timestamp);
    counters.keyAdded(value);
    counters.addBytes(entry.heapBytes());
    return entry;
  }

  private static boolean mayHoldGarbage(Object slot, byte[] value) {
    return switch (slot) {
      case HashEntry entry -> entry.mayHoldGarbage();
      case HashGroup.Few few -> true;
      case HashGroup.Many many -> many.tree().mayHoldGarbage();
      default -> value == null;
    };
  }

  @Override
  public boolean collect(long safePoint, int versionsMax) {
    return collector.collect(safePoint, versionsMax);
  }

  @Override
  public VersionCursor versions() {
    return new HashVersionCursor(directory);
  }

  /**
   * A multiplicative hash of 8 bytes at a time with a final avalanche, never 0. Good enough to
   * spread keys, not to resist an adversary.
   */
  static long hash(byte[] bytes, int from, int length) {
    long hash = length * 0x9e3779b97f4a7c15L;
    int at = from;
    int end = from + length;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ (long) WORD.get(bytes, at));
    }
    if (at < end) {
      long last = 0;
      for (int shift = 0; at < end; shift += 8) {
        last |= (bytes[at++] & 0xffL) << shift;
      }
      hash = mix(hash ^ last);
    }
    hash = mix(hash);
    return hash == 0 ? 1 : hash;
  }

  private static long mix(long word) {
    long product = word * 0xbf58476d1ce4e5b9L;
    return (product ^ product >>> 32) * 0x94d049bb133111ebL ^ product >>> 29;
  }
}
