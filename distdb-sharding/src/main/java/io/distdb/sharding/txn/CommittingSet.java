// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.sharding.lock.LockClient;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The transactions that are committing now: what snapshot readers look at instead of the lock
 * table.
 *
 * <p>Design note. A committer marks itself here <em>before</em> it fetches its timestamp T; a
 * reader takes its snapshot S <em>before</em> it looks here. If S >= T, the reader took S after T
 * was handed out, hence after the mark: it finds the committer here and waits, or the commit is
 * over and applied. If it finds nobody, or only PENDING locks, then T > S and there is nothing for
 * it to see. So snapshot reads take no locks, and usually read one counter. Fetching before marking
 * would break exactly this; a test plants that mistake.
 */
final class CommittingSet {
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger schemaChanges = new AtomicInteger();
  private final SlotSet<Committing> slots = new SlotSet<>();

  /** Some commit may yet turn out to have happened, without being here. */
  private volatile boolean lost;

  void mark(Committing committing) {
    count.incrementAndGet();
    if (committing.writes.changesSchema()) {
      schemaChanges.incrementAndGet();
    }
    committing.slot = slots.add(committing);
  }

  /** The commit is applied, or given up. */
  void clear(Committing committing) {
    leave(committing);
    committing.over();
  }

  /** Nobody here will learn what became of the commit. */
  void lose(Committing committing) {
    lost = true;
    leave(committing);
    committing.lost();
  }

  /** This node leads again, and has applied all that was committed before. */
  void regained() {
    lost = false;
  }

  /** Whether no commit on its way may come to lie at or below {@code snapshot}. */
  boolean isSettled(long snapshot) {
    return count.get() == 0 || slots.forEach(committing -> committing.leastTimestamp > snapshot);
  }

  private void leave(Committing committing) {
    if (committing.slot < 0) {
      return;
    }
    slots.remove(committing.slot);
    if (committing.writes.changesSchema()) {
      schemaChanges.decrementAndGet();
    }
    count.decrementAndGet();
  }

  /** Returns once {@code key} may be read at {@code snapshot}. */
  void awaitKey(long snapshot, IndexId index, Bytes key, LockClient reader) {
    if (count.get() != 0) {
      slots.forEach(committing -> {
        if (committing.leastTimestamp <= snapshot && committing.writes.touches(index, key)) {
          committing.await(reader);
        }
        return true;
      });
    }
  }

  /** Returns once every key of {@code block} may be read at {@code snapshot}. */
  void awaitKeys(long snapshot, IndexId index, EntryBlock block, LockClient reader) {
    if (count.get() != 0) {
      slots.forEach(committing -> {
        if (committing.leastTimestamp <= snapshot
            && BlockReads.touches(committing.writes, index, block)) {
          committing.await(reader);
        }
        return true;
      });
    }
  }

  /** Returns once {@code range} may be read at {@code snapshot}. */
  void awaitRange(long snapshot, IndexId index, KeyRange range, LockClient reader) {
    if (count.get() != 0) {
      slots.forEach(committing -> {
        if (committing.leastTimestamp <= snapshot && committing.writes.touches(index, range)) {
          committing.await(reader);
        }
        return true;
      });
    }
  }

  /** Returns once the schema's version at {@code snapshot} is known. */
  void awaitSchema(long snapshot, LockClient reader) {
    if (schemaChanges.get() != 0) {
      slots.forEach(committing -> {
        if (committing.leastTimestamp <= snapshot && committing.writes.changesSchema()) {
          committing.await(reader);
        }
        return true;
      });
    }
  }

  /**
   * The newest timestamp at or below {@code current} for which everything committed at or below it
   * is applied. Does not wait: a commit on its way holds it down.
   *
   * @param current the oracle's, read before this is called: whoever marks later gets a higher one
   * @return {@link Timestamp#NONE} when a commit's outcome is not known and never will be here
   */
  long settled(long current) {
    long[] settled = {current};
    slots.forEach(committing -> {
      settled[0] = Math.min(settled[0], committing.leastTimestamp - 1);
      return true;
    });
    return lost ? Timestamp.NONE : settled[0];
  }

  /**
   * Returns once everything that was committed at or below {@code snapshot} is applied.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: a commit's outcome is
   *     unknown; or what {@link LockClient#checkWait} throws
   */
  void awaitThrough(long snapshot, LockClient reader) {
    slots.forEach(committing -> {
      if (committing.leastTimestamp <= snapshot) {
        committing.await(reader);
      }
      return true;
    });
  }

  /** Waits for those that commit now. */
  void awaitAll(LockClient waiting) {
    slots.forEach(committing -> {
      committing.awaitEnd(waiting);
      return true;
    });
  }
}
