// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.Invariant;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives out slots, and erases the content of those that were dropped once nobody can read them any
 * more: an index stays good for those who hold the object, so its slot waits until the object is
 * unreachable, or the engine is opened again. Thread-safe.
 */
final class Slots {
  private final Instance instance;
  private final AtomicInteger last = new AtomicInteger();
  private final ReferenceQueue<RocksIndex> unreachable = new ReferenceQueue<>();
  private final Set<Dropped> dropped = ConcurrentHashMap.newKeySet();

  /** A dropped index that may still be read. */
  private static final class Dropped extends WeakReference<RocksIndex> {
    private final int slot;

    Dropped(RocksIndex index, ReferenceQueue<RocksIndex> queue) {
      super(index, queue);
      slot = index.slot;
    }
  }

  Slots(Instance instance) {
    this.instance = instance;
  }

  /** A slot is taken: {@link #next} gives higher ones only. */
  void taken(int slot) {
    last.accumulateAndGet(slot, Math::max);
  }

  /** A slot that nothing has ever been in, or nothing is any more. */
  int next() {
    int slot = last.incrementAndGet();
    Invariant.check(slot > 0 && slot < Integer.MAX_VALUE, "slots are left");
    return slot;
  }

  /** An index was dropped, as its record in the instance says. */
  void dropped(RocksIndex index) {
    dropped.add(new Dropped(index, unreachable));
  }

  /** Erases the slots of dropped indexes that nobody holds. Inside the gate. */
  void eraseUnreachable() {
    for (Object reference = unreachable.poll(); reference != null; reference = unreachable.poll()) {
      Dropped index = (Dropped) reference;
      dropped.remove(index);
      erase(index.slot);
    }
  }

  /** Erases what the slot holds, and the record that it is to be erased. */
  void erase(int slot) {
    BatchBuffer buffer = new BatchBuffer();
    byte[] start = KeyLayout.slotStart(slot);
    byte[] end = KeyLayout.slotStart(slot + 1);
    buffer.deleteRange(Family.ORDERED, start, end);
    buffer.deleteRange(Family.HASHED, start, end);
    buffer.deleteRange(Family.HISTORY, start, end);
    buffer.deleteRange(Family.RECORDS, Records.sides(slot), Records.sides(slot + 1));
    buffer.delete(Family.RECORDS, Records.counters(slot));
    buffer.delete(Family.RECORDS, Records.dropped(slot));
    instance.write(buffer);
  }
}
