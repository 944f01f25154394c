// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.VarHandle;

/**
 * One version in a chain, newest first, and the operations on whole chains.
 *
 * <p>A chain's head lives in a slot that its owner (leaf or hash entry) reads with acquire and
 * writes with release. A head or {@link #older} link is one of
 *
 * <ul>
 *   <li>a {@code Version};
 *   <li>a {@code byte[]}: the chain's base, a value whose timestamp the owner keeps beside the slot
 *       and never changes. So a key that was written once costs no chain node;
 *   <li>null: nothing older.
 * </ul>
 *
 * <p>Why plain accesses of {@code older} suffice: it is written before the release store that
 * publishes its node; later writes, by the one writer, only cut off versions below the safe point
 * (a reader at or above it has stopped before), or link in, behind a release fence, a version that
 * recovery replays late. A racing reader reads the link once and sees the one or the other, both of
 * them valid chains.
 */
final class Version {
  /** Heap of one node, without its value. */
  static final long HEAP_BYTES = HeapLayout.object(2, 8);

  final long timestamp;

  /** Null for a deletion. */
  final byte[] value;

  private Object older;

  Version(long timestamp, byte[] value, Object older) {
    this.timestamp = timestamp;
    this.value = value;
    this.older = older;
  }

  Object older() {
    return older;
  }

  /** The slot content for a key's first version. */
  static Object first(byte[] value, long timestamp) {
    return value == null ? new Version(timestamp, null, null) : value;
  }

  /** The value that a read at {@code asOf} sees, or null. */
  static byte[] visible(Object head, long baseTimestamp, long asOf) {
    Object link = head;
    while (link instanceof Version version) {
      if (version.timestamp <= asOf) {
        return version.value;
      }
      link = version.older;
    }
    return baseTimestamp <= asOf ? (byte[]) link : null;
  }

  static long newestTimestamp(Object head, long baseTimestamp) {
    return head instanceof Version version ? version.timestamp : baseTimestamp;
  }

  static byte[] newestValue(Object head) {
    return head instanceof Version version ? version.value : (byte[]) head;
  }

  /**
   * Adds a version and counts it.
   *
   * @return the head from now on: the same object when the version was there already or went below
   *     the newest
   */
  static Object add(
      Object head, long baseTimestamp, byte[] value, long timestamp, IndexCounters counters) {
    long newest = newestTimestamp(head, baseTimestamp);
    if (timestamp > newest) {
      counters.newestReplaced(newestValue(head), value);
      return new Version(timestamp, value, head);
    }
    return timestamp == newest ? head : addBelow(head, baseTimestamp, value, timestamp, counters);
  }

  /** A replayed version older than the newest: there already, or linked in at its place. */
  private static Object addBelow(
      Object head, long baseTimestamp, byte[] value, long timestamp, IndexCounters counters) {
    Version newer = null;
    Object link = head;
    while (link instanceof Version version && version.timestamp > timestamp) {
      newer = version;
      link = version.older;
    }
    if (link != null && newestTimestamp(link, baseTimestamp) == timestamp) {
      return head;
    }
    counters.addGarbage(1);
    counters.addBytes(HEAP_BYTES + IndexCounters.valueBytes(value));
    Object inserted;
    if (link instanceof byte[] base && baseTimestamp > timestamp) {
      counters.addBytes(HEAP_BYTES);
      inserted = new Version(baseTimestamp, base, new Version(timestamp, value, null));
    } else {
      inserted = new Version(timestamp, value, link);
    }
    if (newer == null) {
      return inserted;
    }
    VarHandle.releaseFence();
    newer.older = inserted;
    return head;
  }

  /**
   * Cuts off what no read at or above {@code safePoint} sees, and counts it.
   *
   * @return {@code head}, or null when the whole key is to go: only a deletion was left
   */
  static Version collect(Version head, long baseTimestamp, long safePoint, IndexCounters counters) {
    Version newer = null;
    Version last = head;
    while (last.timestamp > safePoint) {
      if (!(last.older instanceof Version version)) {
        return head; // nothing below but at most the base, the newest below the safe point or above
      }
      newer = last;
      last = version;
    }
    drop(last.older, counters);
    last.older = null;
    if (last.value != null) {
      return head;
    }
    counters.addGarbage(-1);
    counters.addBytes(-HEAP_BYTES);
    if (newer == null) {
      return null;
    }
    newer.older = null;
    return head;
  }

  /** Counts off a chain that has been cut. */
  private static void drop(Object cut, IndexCounters counters) {
    Object link = cut;
    while (link instanceof Version version) {
      counters.addGarbage(-1);
      counters.addBytes(-HEAP_BYTES - IndexCounters.valueBytes(version.value));
      link = version.older;
    }
    if (link instanceof byte[] base) {
      counters.addGarbage(-1);
      counters.addBytes(-IndexCounters.valueBytes(base));
    }
  }

  /** Whether a later collection may find something in this chain. */
  boolean mayHoldGarbage() {
    return older != null || value == null;
  }

  /** Number of versions in a chain. */
  static int length(Object head) {
    int length = 0;
    Object link = head;
    while (link instanceof Version version) {
      length++;
      link = version.older;
    }
    return link == null ? length : length + 1;
  }
}
