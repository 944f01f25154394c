// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A key of a hash index and its version chain: a leaf's slot as an object (see {@link Version}).
 */
final class HashEntry {
  private static final VarHandle HEAD;

  static {
    try {
      HEAD = MethodHandles.lookup().findVarHandle(HashEntry.class, "head", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final byte[] key;
  private final long baseTimestamp;
  private Object head;

  HashEntry(byte[] key, byte[] value, long timestamp) {
    this.key = key;
    this.baseTimestamp = timestamp;
    this.head = Version.first(value, timestamp);
  }

  Object head() {
    return HEAD.getAcquire(this);
  }

  long baseTimestamp() {
    return baseTimestamp;
  }

  byte[] visible(long asOf) {
    return Version.visible(head(), baseTimestamp, asOf);
  }

  long newestTimestamp() {
    return Version.newestTimestamp(head(), baseTimestamp);
  }

  /** Writer only. */
  void addVersion(byte[] value, long timestamp, IndexCounters counters) {
    Object newHead = Version.add(head, baseTimestamp, value, timestamp, counters);
    if (newHead != head) {
      HEAD.setRelease(this, newHead);
    }
  }

  boolean mayHoldGarbage() {
    return head instanceof Version version && version.mayHoldGarbage();
  }

  /**
   * Collects the chain. Writer only.
   *
   * @return what stands for the key from now on: this, an entry without a chain node, or null
   */
  HashEntry collect(CollectionRun run, IndexCounters counters) {
    if (!(head instanceof Version version)) {
      run.looked(1);
      return this;
    }
    run.looked(Version.length(version));
    Version kept = Version.collect(version, baseTimestamp, run.safePoint, counters);
    if (kept == null) {
      counters.addBytes(-heapBytes());
      return null;
    }
    if (kept.mayHoldGarbage()) {
      return this;
    }
    counters.addBytes(-Version.HEAP_BYTES);
    return new HashEntry(key, kept.value, kept.timestamp);
  }

  /** Heap of the entry and its key, without versions and values. */
  long heapBytes() {
    return HeapLayout.object(2, 8) + HeapLayout.bytes(key.length);
  }
}
