// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Timestamp;
import io.distdb.api.index.IndexId;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes versions away that no read at or above the safe point sees: it walks over the history,
 * which holds nothing but older versions, each with the timestamp of the one after it, and
 * deletions that are newest. Goes on where it stopped; an index whose history is known to hold
 * nothing is passed over. Guarded by the store's lock.
 */
final class Collector {
  /** Versions that one call looks at: some ten milliseconds, and a few megabytes of I/O. */
  private static final int VERSIONS_PER_CALL = 32 << 10;

  private final Instance instance;
  private final BackgroundWork work;
  private final BatchBuffer buffer = new BatchBuffer();

  /** Where to go on, or null: with the index after {@link #lastIndex}. */
  private byte[] resumeAt;

  private IndexId lastIndex;

  private int looked;
  private long removed;
  private long removedBytes;
  private long readBytes;
  private long remaining;

  Collector(Instance instance, BackgroundWork work) {
    this.instance = instance;
    this.work = work;
  }

  void collect(List<RocksIndex> indexes, long safePoint) {
    looked = 0;
    for (RocksIndex index : inTurn(indexes)) {
      boolean resumes = resumeAt != null && index.id().equals(lastIndex);
      if (!resumes) {
        resumeAt = null;
      }
      if (resumes || index.counters.isCollectable(safePoint)) {
        lastIndex = index.id();
        if (!collect(index, safePoint)) {
          return;
        }
      }
    }
  }

  private List<RocksIndex> inTurn(List<RocksIndex> indexes) {
    int first = 0;
    while (lastIndex != null && first < indexes.size() && isBehind(indexes.get(first))) {
      first++;
    }
    List<RocksIndex> inTurn = new ArrayList<>(indexes.subList(first, indexes.size()));
    inTurn.addAll(indexes.subList(0, first));
    return inTurn;
  }

  private boolean isBehind(RocksIndex index) {
    int order = index.id().compareTo(lastIndex);
    return order < 0 || order == 0 && resumeAt == null;
  }

  /** Returns whether the end of the index's history was reached. */
  private boolean collect(RocksIndex index, long safePoint) {
    boolean whole = resumeAt == null;
    byte[] from = whole ? KeyLayout.slotStart(index.slot) : resumeAt;
    if (whole) {
      index.counters.collectableFrom(Timestamp.LATEST);
    }
    removed = 0;
    removedBytes = 0;
    readBytes = 0;
    remaining = 0;
    buffer.clear();
    resumeAt = null;
    try (OpenIterator history =
        instance.iterateBelow(Family.HISTORY, KeyLayout.slotStart(index.slot + 1))) {
      for (boolean is = history.seek(from); is; is = history.next()) {
        if (looked++ >= VERSIONS_PER_CALL) {
          resumeAt = history.key();
          break;
        }
        visit(index, history, safePoint);
      }
    }
    long history = index.counters.history() - removed;
    if (resumeAt == null && whole) {
      // Everything was looked at: whatever a crash made of the count is mended.
      history = remaining;
    }
    finish(index, history, safePoint);
    work.collected(readBytes + removedBytes, removed);
    return resumeAt == null;
  }

  private void finish(RocksIndex index, long history, long safePoint) {
    IndexCounters counters = index.counters;
    long bytesBefore = counters.bytes();
    long historyBefore = counters.history();
    counters.set(counters.entries(), bytesBefore - removedBytes, Math.max(0, history));
    if (buffer.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      buffer.put(Family.RECORDS, Records.counters(index.slot), counters.toBytes());
      instance.write(buffer);
      written = true;
    } finally {
      if (!written) {
        // Nothing went: all of it is to be looked at again.
        counters.set(counters.entries(), bytesBefore, historyBefore);
        counters.superseded(safePoint);
        resumeAt = null;
      }
    }
  }

  private void visit(RocksIndex index, OpenIterator history, long safePoint) {
    byte[] key = history.key();
    Scratch scratch = Scratch.ofThread();
    int length = history.value(scratch);
    readBytes += key.length + length;
    long superseded = Header.timestamp(scratch.header());
    boolean isMark = superseded == Header.NOT_SUPERSEDED;
    long collectableFrom = isMark ? KeyLayout.timestampOfHistory(key) : superseded;
    if (collectableFrom > safePoint) {
      remaining++;
      index.counters.superseded(collectableFrom);
      return;
    }
    if (isMark) {
      removeDeletion(index, KeyLayout.keyOfHistory(key), collectableFrom, scratch);
    }
    buffer.delete(Family.HISTORY, key);
    removed++;
    removedBytes += key.length + length;
  }

  /** Takes the newest version of a key away if it is still that deletion. */
  private void removeDeletion(RocksIndex index, byte[] key, long timestamp, Scratch scratch) {
    int keyLength = index.newestKey(scratch, key);
    long header = instance.header(index.family, scratch, keyLength, Timestamp.NONE);
    if (header == Header.of(timestamp, true)) {
      buffer.beginDelete(index.family, keyLength);
      buffer.raw(scratch.key, 0, keyLength);
      removedBytes += keyLength + Header.BYTES;
    }
  }
}
