// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.storage.LogPosition;
import io.distdb.storage.memory.index.VersionedIndex;
import io.distdb.storage.memory.snapshot.SnapshotWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.BiConsumer;

/**
 * A store's whole content as of one log position, written out while the writer goes on.
 *
 * <p><b>The idea.</b> Under the writer's lock, for as long as it takes to make a small object for
 * each index, the capture notes the position, the side records (an immutable map) and the indexes,
 * and begins a walk on each. From then on the writer tells the walk of each key it is about to
 * write ({@link RecentWrites}). The walk goes over the live index and leaves out every version that
 * the writer told of. What remains is what was there at the position, because
 *
 * <ul>
 *   <li>timestamps of one key only rise, so of a key that was written since, exactly the versions
 *       from the first such timestamp on are new;
 *   <li>the writer tells before it publishes, so a version that the walk meets is never one that it
 *       has not been told of;
 *   <li>an index that is walked is not collected ({@link MemoryStore#collectGarbage} passes over it
 *       and comes back later): else a version of the position could be removed because of a newer
 *       one that the walk leaves out, and the key would be missing;
 *   <li>an index that is dropped meanwhile is written as it was: nobody changes it any more; one
 *       that is created meanwhile is not in the list.
 * </ul>
 *
 * <p><b>Why not fuzzy</b> (write whatever the walk meets, let the replay above the position mend
 * it). The replay would mend it only if the log reached at least as far as the walk has seen. With
 * durability {@code interval} or {@code none} it need not: after a power loss the snapshot would
 * hold one half of a batch whose other half, and log record, are gone. An export would differ from
 * replica to replica at the same log index. And collection during the walk would need an argument
 * of its own.
 *
 * <p><b>Cost.</b> An untouched store pays one array-length test per put. While a walk is under way
 * a put costs one more look-up, and each key written, once, about 32 bytes and its key, until the
 * walk of its index is done. Collection of an index waits for its walk.
 */
final class Capture {
  private final LogPosition position;
  private final SideRecords sides;
  private final List<IndexSlot> slots;
  private final List<RecentWrites> walks;
  private int walked;

  private Capture(
      LogPosition position, SideRecords sides, List<IndexSlot> slots, List<RecentWrites> walks) {
    this.position = position;
    this.sides = sides;
    this.slots = slots;
    this.walks = walks;
  }

  /** Begins a walk on every index. The caller holds the store's lock. */
  static Capture begin(LogPosition position, SideRecords sides, IndexTable table) {
    List<RecentWrites> walks = new ArrayList<>();
    for (IndexSlot slot : table.slots()) {
      walks.add(slot.beginWalk());
    }
    return new Capture(position, sides, table.slots(), walks);
  }

  LogPosition position() {
    return position;
  }

  /**
   * Writes everything but header and footer.
   *
   * @param lock the store's; taken for a moment after each index
   * @param goOn called now and then; throws to stop
   */
  void writeTo(SnapshotWriter writer, Lock lock, Runnable goOn) {
    BiConsumer<Bytes, Bytes> side = writer::side;
    sides.forEach(Bytes.EMPTY, side);
    while (walked < slots.size()) {
      walk(slots.get(walked).index, walks.get(walked), writer, goOn);
      endOne(lock);
    }
  }

  private static void walk(
      VersionedIndex index, RecentWrites recent, SnapshotWriter writer, Runnable goOn) {
    writer.index(index.id(), index.kind());
    VersionedIndex.VersionCursor versions = index.versions();
    int count = 0;
    while (versions.next()) {
      byte[] key = versions.key();
      long timestamp = versions.timestamp();
      if (!recent.wrote(key, timestamp)) {
        writer.version(key, versions.value(), timestamp);
      }
      if ((++count & 0xfff) == 0) {
        goOn.run();
      }
    }
  }

  private void endOne(Lock lock) {
    lock.lock();
    try {
      slots.get(walked).endWalk(walks.get(walked));
      walked++;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the walks that are left. Called once, done or not. */
  void end(Lock lock) {
    while (walked < slots.size()) {
      endOne(lock);
    }
  }
}
