// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.index.EntryBlock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A leaf: keys, and of each key a slot with the head of its version chain and the timestamp of the
 * chain's base (see {@link Version}).
 *
 * <p>What a reader may see change under it: {@code count} grows by an append, whose key, timestamp
 * and slot were written, and {@code newestBase} raised, before; a slot gets a new head by a release
 * store; and the collector {@linkplain #fold folds} a chain that no read tells apart from its head.
 * All else, keys and positions, is fixed for the life of the object; every other change makes a new
 * leaf.
 */
final class Leaf extends PackedKeys {
  /** Most keys; {@link #chained} has a bit for each, and one to spare while a leaf splits. */
  static final int COUNT_MAX = 63;

  /** A leaf of more key bytes splits early, so that copying it stays cheap. */
  static final int DATA_BYTES_MAX = 16 << 10;

  private static final int APPENDS_MIN = 4;

  /** Room of a leaf to be filled by appends, until it gets room for {@link #COUNT_MAX}. */
  private static final int APPENDS_ROOM = 16;

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle NEWEST_BASE;
  private static final VarHandle CHAINED;
  private static final VarHandle FOLDS;

  static {
    try {
      NEWEST_BASE = MethodHandles.lookup().findVarHandle(Leaf.class, "newestBase", long.class);
      CHAINED = MethodHandles.lookup().findVarHandle(Leaf.class, "chained", long.class);
      FOLDS = MethodHandles.lookup().findVarHandle(Leaf.class, "folds", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[] timestamps;
  private final Object[] slots;

  /** At or above all timestamps here, so that a scan need not look at each. */
  private long newestBase;

  /**
   * Bit i: slot i holds a {@link Version}, not a bare value. Set before the slot, and cleared after
   * it and {@link #folds}.
   */
  private long chained;

  /** How often a bit was cleared. */
  private int folds;

  /** The pass in which the collector must look here; 0: nothing to find. Writer only. */
  int duePass;

  /** How many of the last inserts were at the end. Writer only. */
  private int appends;

  private Leaf(
      PackedKeys keys,
      long[] timestamps,
      Object[] slots,
      long newestBase,
      long chained,
      int duePass) {
    super(keys);
    this.timestamps = timestamps;
    this.slots = slots;
    this.newestBase = newestBase;
    this.chained = chained;
    this.duePass = duePass;
  }

  static Leaf empty() {
    return new Leaf(PackedKeys.of(new byte[0][], 0), new long[0], new Object[0], 0, 0, 0);
  }

  /**
   * The first {@code count} entries of three parallel arrays, keys ascending, slots as in a chain.
   */
  static Leaf of(byte[][] keys, long[] timestamps, Object[] slots, int count, int duePass) {
    long newestBase = 0;
    long chained = 0;
    for (int i = 0; i < count; i++) {
      newestBase = Math.max(newestBase, timestamps[i]);
      chained |= slots[i] instanceof Version ? 1L << i : 0;
    }
    return new Leaf(
        PackedKeys.of(keys, count),
        Arrays.copyOf(timestamps, count),
        Arrays.copyOf(slots, count),
        newestBase,
        chained,
        duePass);
  }

  /** A leaf that starts with one key, right of a full one that grew at its end. */
  static Leaf afterFull(byte[] key, Object slot, long timestamp) {
    long[] timestamps = new long[APPENDS_ROOM];
    timestamps[0] = timestamp;
    Object[] slots = new Object[APPENDS_ROOM];
    slots[0] = slot;
    PackedKeys keys = PackedKeys.of(new byte[][] {key}, 1, APPENDS_ROOM);
    long chained = slot instanceof Version ? 1 : 0;
    Leaf leaf = new Leaf(keys, timestamps, slots, timestamp, chained, 0);
    leaf.appends = APPENDS_MIN;
    return leaf;
  }

  Object slot(int at) {
    return SLOT.getAcquire(slots, at);
  }

  /** Of the chain's base, if it has one. */
  long baseTimestamp(int at) {
    return timestamps[at];
  }

  /**
   * Whether every base timestamp of the keys below a {@link #count} read before is at or below
   * {@code asOf}; if so, a slot that holds a bare value holds a visible one.
   */
  boolean basesVisible(long asOf) {
    return (long) NEWEST_BASE.getOpaque(this) <= asOf;
  }

  byte[] visible(int at, long asOf) {
    return visible(at, slot(at), asOf);
  }

  /** As {@link #visible(int, long)}, with what {@link #slot} gave. */
  byte[] visible(int at, Object head, long asOf) {
    if (head instanceof byte[] value) {
      return basesVisible(asOf) || timestamps[at] <= asOf ? value : null;
    }
    return Version.visible(head, timestamps[at], asOf);
  }

  /**
   * Adds to {@code block}, which keeps keys, those entries from {@code from} up to, not including,
   * {@code to} which a read at {@code asOf} sees; there is room. The slots are copied at once, as
   * they are, and so cost one acquire fence, not an acquire load each.
   */
  void copyEntries(int from, int to, long asOf, EntryBlock block) {
    int first = block.size();
    Object[] values = block.values();
    System.arraycopy(slots, from, values, first, to - from);
    VarHandle.acquireFence();
    boolean plain = basesVisible(asOf);
    int[] starts = block.keyStarts();
    byte[] keys = block.keysWithRoom(keyBytes(from, to));
    int next = first;
    int key = starts[first];
    for (int at = from; at < to; at++) {
      Object head = values[first + at - from];
      byte[] value = plain && head instanceof byte[] bare ? bare : visible(at, head, asOf);
      if (value == null) {
        continue;
      }
      if (next != first + at - from || value != head) {
        values[next] = value;
      }
      copyKey(at, keys, key);
      key += keyLength(at);
      starts[++next] = key;
    }
    Arrays.fill(values, next, first + to - from, null);
    block.added(next - first);
  }

  /**
   * Adds to {@code block}, which keeps no keys, the values from {@code from} up to {@code to} that
   * a read at {@code asOf} sees, which sees all bases; there is room. Which slots hold chains is
   * asked of {@link #chained} after they were copied, and not of what is in them: that is anywhere
   * in memory. A bit is there as long as its chain, unless that was folded meanwhile; then any slot
   * may have had one.
   */
  void copyValues(int from, int to, long asOf, EntryBlock block) {
    Object[] values = block.values();
    int first = block.size();
    int foldsBefore = (int) FOLDS.getAcquire(this);
    System.arraycopy(slots, from, values, first, to - from);
    VarHandle.acquireFence();
    long chains = (long) CHAINED.getAcquire(this) >>> from;
    chains = (int) FOLDS.getOpaque(this) == foldsBefore ? chains : -1;
    chains &= -1L >>> Long.SIZE - (to - from);
    int hidden = 0;
    for (long left = chains; left != 0; left &= left - 1) {
      int i = first + Long.numberOfTrailingZeros(left);
      byte[] value = Version.visible(values[i], asOf, asOf);
      values[i] = value;
      hidden += value == null ? 1 : 0;
    }
    if (hidden > 0) {
      closeGaps(values, first, first + to - from);
    }
    block.added(to - from - hidden);
  }

  private static void closeGaps(Object[] values, int first, int end) {
    int next = first;
    for (int i = first; i < end; i++) {
      if (values[i] != null) {
        values[next++] = values[i];
      }
    }
    Arrays.fill(values, next, end, null);
  }

  /** As {@link #copyValues}, for a read that may be too old to see all bases. */
  void copyOldValues(int from, int to, long asOf, EntryBlock block) {
    for (int at = from; at < to; at++) {
      byte[] value = visible(at, asOf);
      if (value != null) {
        block.addValue(value);
      }
    }
  }

  /** Adds a version to a key that is here. Writer only. */
  void addVersion(int at, byte[] value, long timestamp, IndexCounters counters) {
    Object head = slots[at];
    Object newHead = Version.add(head, timestamps[at], value, timestamp, counters);
    if (newHead != head) {
      CHAINED.setOpaque(this, chained | 1L << at);
      SLOT.setRelease(slots, at, newHead);
    }
  }

  boolean isFull() {
    return count() >= COUNT_MAX || data.length >= DATA_BYTES_MAX && count() > 1;
  }

  /** Whether the next split at the end had better leave this leaf full: keys come ascending. */
  boolean growsAtEnd() {
    return appends >= APPENDS_MIN;
  }

  /** Adds a key above all others in place, if there is room. Writer only. */
  boolean append(byte[] key, Object slot, long timestamp) {
    if (!hasRoomFor(key)) {
      return false;
    }
    appendWithRoom(key, slot, timestamp);
    return true;
  }

  /** As {@link #append}, of any key; false also when it is not above all others. */
  boolean appendAbove(byte[] key, Object slot, long timestamp) {
    if (!hasRoomAbove(key)) {
      return false;
    }
    appendWithRoom(key, slot, timestamp);
    return true;
  }

  private void appendWithRoom(byte[] key, Object slot, long timestamp) {
    int at = count();
    store(at, key);
    timestamps[at] = timestamp;
    slots[at] = slot;
    chained |= slot instanceof Version ? 1L << at : 0;
    appends++;
    NEWEST_BASE.setOpaque(this, Math.max(newestBase, timestamp));
    publishCount(at + 1);
  }

  /** A copy with one more key, with room for more when the key went to the end. */
  Leaf insert(int at, byte[] key, Object slot, long timestamp) {
    int size = count();
    boolean atEnd = at == size && size < COUNT_MAX;
    int capacity = atEnd && growsAtEnd() ? roomFor(size + 1) : size + 1;
    long[] newTimestamps = new long[capacity];
    System.arraycopy(timestamps, 0, newTimestamps, 0, at);
    newTimestamps[at] = timestamp;
    System.arraycopy(timestamps, at, newTimestamps, at + 1, size - at);
    Object[] newSlots = new Object[capacity];
    System.arraycopy(slots, 0, newSlots, 0, at);
    newSlots[at] = slot;
    System.arraycopy(slots, at, newSlots, at + 1, size - at);
    long below = (1L << at) - 1;
    long newChained = chained & below | (chained & ~below) << 1;
    newChained |= slot instanceof Version ? 1L << at : 0;
    PackedKeys keys = capacity == size + 1 ? insert(at, key) : insertLast(key, capacity);
    long newest = Math.max(newestBase, timestamp);
    Leaf grown = new Leaf(keys, newTimestamps, newSlots, newest, newChained, duePass);
    grown.appends = atEnd ? appends + 1 : 0;
    return grown;
  }

  private static int roomFor(int size) {
    return size <= APPENDS_ROOM ? APPENDS_ROOM : COUNT_MAX;
  }

  /** The entries from {@code from} up to, not including, {@code to}. */
  Leaf sliceEntries(int from, int to) {
    return new Leaf(
        slice(from, to),
        Arrays.copyOfRange(timestamps, from, to),
        Arrays.copyOfRange(slots, from, to),
        newestBase,
        chained >>> from & (1L << to - from) - 1,
        duePass);
  }

  /** The entries of both; {@code above} has the greater keys. */
  Leaf concat(Leaf above) {
    int size = count();
    int total = size + above.count();
    long[] newTimestamps = Arrays.copyOf(Arrays.copyOf(timestamps, size), total);
    System.arraycopy(above.timestamps, 0, newTimestamps, size, total - size);
    Object[] newSlots = Arrays.copyOf(Arrays.copyOf(slots, size), total);
    System.arraycopy(above.slots, 0, newSlots, size, total - size);
    return new Leaf(
        concat(null, (PackedKeys) above),
        newTimestamps,
        newSlots,
        Math.max(newestBase, above.newestBase),
        chained | above.chained << size,
        CollectionRun.earlier(duePass, above.duePass));
  }

  /**
   * Collects below the safe point of {@code run}. Writer only.
   *
   * @return what stands in this leaf's place: itself, a copy without the keys that went, or null
   *     when none is left
   */
  Leaf collect(CollectionRun run, IndexCounters counters) {
    int size = count();
    run.looked(size);
    long gone = 0;
    boolean mayHoldMore = false;
    for (long left = chained; left != 0; left &= left - 1) {
      int at = Long.numberOfTrailingZeros(left);
      Version head = (Version) slots[at];
      run.looked(Version.length(head));
      Version kept = Version.collect(head, timestamps[at], run.safePoint, counters);
      if (kept == null) {
        gone |= 1L << at;
      } else if (kept.mayHoldGarbage() || kept.timestamp > run.safePoint) {
        mayHoldMore = true;
      } else {
        fold(at, kept, counters);
      }
    }
    duePass = mayHoldMore ? run.nextPass() : 0;
    if (gone == 0) {
      return this;
    }
    long keptKeys = (1L << size) - 1 & ~gone;
    return keptKeys == 0 ? null : only(keptKeys, duePass);
  }

  /**
   * Makes a chain's only version, which is no deletion, its base, and so spares every later scan a
   * load that depends on another. In place: its timestamp is at or below the safe point, that of
   * the base before it is too, and no read is below; so to every reader the bare value is visible,
   * whichever of the two timestamps it meets, and so is the version where it met that.
   */
  private void fold(int at, Version only, IndexCounters counters) {
    NEWEST_BASE.setOpaque(this, Math.max(newestBase, only.timestamp));
    timestamps[at] = only.timestamp;
    FOLDS.setOpaque(this, folds + 1);
    SLOT.setRelease(slots, at, only.value);
    CHAINED.setRelease(this, chained & ~(1L << at));
    counters.addBytes(-Version.HEAP_BYTES);
  }

  /** A copy of the entries whose bit in {@code kept} is set. */
  private Leaf only(long kept, int due) {
    int size = Long.bitCount(kept);
    long[] newTimestamps = new long[size];
    Object[] newSlots = new Object[size];
    long newChained = 0;
    int to = 0;
    for (long left = kept; left != 0; left &= left - 1) {
      int at = Long.numberOfTrailingZeros(left);
      newTimestamps[to] = timestamps[at];
      newSlots[to] = slots[at];
      newChained |= (chained >>> at & 1) << to++;
    }
    return new Leaf(only(kept), newTimestamps, newSlots, newestBase, newChained, due);
  }

  long heapBytes() {
    return HeapLayout.object(5, 6 * 4 + 3 * 8)
        + arrayBytes()
        + HeapLayout.longs(timestamps.length)
        + HeapLayout.references(slots.length);
  }
}
