// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which keys of an index were written since a walk over it began, and from which timestamp on: all
 * that the walk needs to leave later versions out, as the timestamps of one key only rise.
 *
 * <p>One thread notes, one asks, without a lock. The writer notes a key before it publishes the
 * version; so a walk that met the version and then asks finds the note. Open addressing with linear
 * probing, at most half full; a key's slot is written last (release) and a grown table is published
 * whole. About 32 bytes for each key written meanwhile, however often it is written.
 */
final class RecentWrites {
  private static final long NOT_WRITTEN = Long.MAX_VALUE;
  private static final int INITIAL_SLOTS = 64;

  private record Table(AtomicReferenceArray<byte[]> keys, long[] firstTimestamps) {
    static Table of(int slots) {
      return new Table(new AtomicReferenceArray<>(slots), new long[slots]);
    }

    /** The slot of {@code key}, or the free one where it belongs. */
    int slot(byte[] key) {
      int mask = firstTimestamps.length - 1;
      int slot = hash(key) & mask;
      for (byte[] other = keys.getAcquire(slot);
          other != null && !Arrays.equals(other, key);
          other = keys.getAcquire(slot)) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    private static int hash(byte[] key) {
      int hash = Arrays.hashCode(key) * 0x9e3779b9;
      return hash ^ hash >>> 15;
    }
  }

  private volatile Table table;
  private int size;

  /** Notes a version that is about to be put. Called by the writer. */
  void note(byte[] key, long timestamp) {
    if (table == null) {
      table = Table.of(INITIAL_SLOTS);
    } else if (size >= table.firstTimestamps.length / 2) {
      table = grown(table);
    }
    Table current = table;
    int slot = current.slot(key);
    if (current.keys.getPlain(slot) == null) {
      current.firstTimestamps[slot] = timestamp;
      current.keys.setRelease(slot, key);
      size++;
    }
  }

  private static Table grown(Table old) {
    Table bigger = Table.of(old.firstTimestamps.length * 2);
    for (int i = 0; i < old.firstTimestamps.length; i++) {
      byte[] key = old.keys.getPlain(i);
      if (key != null) {
        int slot = bigger.slot(key);
        bigger.firstTimestamps[slot] = old.firstTimestamps[i];
        bigger.keys.setPlain(slot, key);
      }
    }
    return bigger;
  }

  /** Whether the version was put after the walk began. Called by the walk. */
  boolean wrote(byte[] key, long timestamp) {
    return timestamp >= firstTimestamp(key);
  }

  private long firstTimestamp(byte[] key) {
    Table current = table;
    if (current == null) {
      return NOT_WRITTEN;
    }
    int slot = current.slot(key);
    return current.keys.getAcquire(slot) == null ? NOT_WRITTEN : current.firstTimestamps[slot];
  }
}
