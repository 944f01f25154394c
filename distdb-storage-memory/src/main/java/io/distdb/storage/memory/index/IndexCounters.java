// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What an index counts while its writer works. Written by the one writer, read by any thread:
 * opaque accesses, so that readers see whole and eventually current values without a fence on the
 * write path.
 */
final class IndexCounters {
  private static final VarHandle ENTRIES = handle("entries");
  private static final VarHandle GARBAGE = handle("garbage");
  private static final VarHandle BYTES = handle("bytes");

  private long entries;
  private long garbage;
  private long bytes;

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(IndexCounters.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Keys whose newest version is a value. */
  long entries() {
    return (long) ENTRIES.getOpaque(this);
  }

  /** Versions that are not the newest of their key, and deletions. */
  long garbage() {
    return (long) GARBAGE.getOpaque(this);
  }

  /** Heap taken by nodes, versions and values. */
  long bytes() {
    return (long) BYTES.getOpaque(this);
  }

  void addEntries(long change) {
    ENTRIES.setOpaque(this, entries + change);
  }

  void addGarbage(long change) {
    GARBAGE.setOpaque(this, garbage + change);
  }

  void addBytes(long change) {
    BYTES.setOpaque(this, bytes + change);
  }

  /** A key that was not there got its first version. */
  void keyAdded(byte[] value) {
    if (value == null) {
      addGarbage(1);
      addBytes(Version.HEAP_BYTES);
    } else {
      addEntries(1);
      addBytes(HeapLayout.bytes(value.length));
    }
  }

  /** A key whose newest version was {@code before} has a new newest one, {@code after}. */
  void newestReplaced(byte[] before, byte[] after) {
    addEntries((after == null ? 0 : 1) - (before == null ? 0 : 1));
    addGarbage((after == null ? 1 : 0) + (before == null ? 0 : 1));
    addBytes(Version.HEAP_BYTES + valueBytes(after));
  }

  static long valueBytes(byte[] value) {
    return value == null ? 0 : HeapLayout.bytes(value.length);
  }
}
