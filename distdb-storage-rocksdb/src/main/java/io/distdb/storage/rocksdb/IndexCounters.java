// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import java.nio.ByteBuffer;

/**
 * What is counted of an index. The writer adds up what a batch changes, and publishes it once the
 * batch is written; others read what was published last.
 *
 * <p>The counts are stored now and then, not with every batch: after a crash they may lack a few
 * hundred versions.
 */
final class IndexCounters {
  private static final int STORED_BYTES = 24;

  /** Versions after which the counts are stored again. */
  private static final int STORED_EVERY = 256;

  private volatile long entries;
  private volatile long bytes;
  private volatile long history;

  private long entriesChange;
  private long bytesChange;
  private long historyChange;
  private int versionsSinceStored;
  private boolean begun;

  /** Lowest timestamp at which some older version was superseded; only the writer looks at it. */
  private long collectableFrom;

  long entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }

  /** Older versions, and deletions that are newest. */
  long history() {
    return history;
  }

  /** Whether these are the first changes since the last were published or forgotten. */
  boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  void add(long moreEntries, long moreBytes, long moreHistory) {
    entriesChange += moreEntries;
    bytesChange += moreBytes;
    historyChange += moreHistory;
    versionsSinceStored++;
  }

  /** The batch is not written. */
  void forgetChanges() {
    entriesChange = 0;
    bytesChange = 0;
    historyChange = 0;
    begun = false;
  }

  /** The batch is written. */
  void publishChanges() {
    set(entries + entriesChange, bytes + bytesChange, history + historyChange);
    forgetChanges();
  }

  void set(long newEntries, long newBytes, long newHistory) {
    entries = newEntries;
    bytes = newBytes;
    history = newHistory;
  }

  /** An older version is in the history that collection may take at {@code safePoint}. */
  void superseded(long safePoint) {
    collectableFrom = Math.min(collectableFrom, safePoint);
  }

  /** What a look at the whole history found. */
  void collectableFrom(long safePoint) {
    collectableFrom = safePoint;
  }

  /** Whether a collection at {@code safePoint} would find something. */
  boolean isCollectable(long safePoint) {
    return history > 0 && collectableFrom <= safePoint;
  }

  boolean isDueToBeStored() {
    return versionsSinceStored >= STORED_EVERY;
  }

  boolean isStored() {
    return versionsSinceStored == 0;
  }

  /** The counts with the batch that is being made, to be stored with it. */
  byte[] toBytes() {
    versionsSinceStored = 0;
    return ByteBuffer.allocate(STORED_BYTES)
        .putLong(entries + entriesChange)
        .putLong(bytes + bytesChange)
        .putLong(history + historyChange)
        .array();
  }

  void load(byte[] stored) {
    ByteBuffer source = ByteBuffer.wrap(stored);
    set(source.getLong(), source.getLong(), source.getLong());
  }
}
