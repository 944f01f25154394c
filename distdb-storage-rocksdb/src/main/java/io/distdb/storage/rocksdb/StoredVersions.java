// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.ExportFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Every version of every key of one index, of each key the newest first. */
final class StoredVersions implements ExportFormat.Versions {
  private final StoredEntries newest;
  private final StoredEntries history;
  private final int slot;
  private final IndexKind kind;
  private final boolean hasHistory;
  private boolean begun;
  private boolean ended;
  private boolean inHistory;
  private byte[] historyPrefix;
  private byte[] key;
  private byte[] value;
  private long timestamp;

  StoredVersions(StoredEntries newest, StoredEntries history, Records.IndexRecord index) {
    this.newest = newest;
    this.history = history;
    slot = index.slot();
    kind = index.kind();
    hasHistory = history.seek(KeyLayout.slotStart(slot)) && KeyLayout.isOfSlot(history.key(), slot);
  }

  static Family family(IndexKind kind) {
    return kind == IndexKind.BTREE ? Family.ORDERED : Family.HASHED;
  }

  @Override
  public boolean next() {
    if (ended) {
      return false;
    }
    if (key != null && hasHistory && older()) {
      return true;
    }
    boolean is = begun ? newest.next() : newest.seek(KeyLayout.slotStart(slot));
    begun = true;
    if (!is || !KeyLayout.isOfSlot(newest.key(), slot)) {
      ended = true;
      return false;
    }
    byte[] stored = newest.key();
    key = Arrays.copyOfRange(stored, KeyLayout.prefixBytes(kind), stored.length);
    byte[] with = newest.value();
    long header = ByteBuffer.wrap(with).getLong();
    take(header, with, Header.timestamp(header));
    inHistory = false;
    return true;
  }

  /** Goes on among the older versions of the key. */
  private boolean older() {
    boolean is;
    if (inHistory) {
      is = history.next();
    } else {
      historyPrefix =
          Arrays.copyOf(
              KeyLayout.history(slot, key, timestamp),
              KeyLayout.historyBytes(key.length) - KeyLayout.TIMESTAMP_BYTES);
      // Below the newest: the mark of a deletion has the newest's own timestamp.
      is = history.seek(KeyLayout.history(slot, key, timestamp - 1));
      inHistory = true;
    }
    if (!is) {
      return false;
    }
    byte[] stored = history.key();
    if (stored.length != KeyLayout.historyBytes(key.length)
        || !Instance.startsWith(stored, historyPrefix)) {
      return false;
    }
    byte[] with = history.value();
    take(ByteBuffer.wrap(with).getLong(), with, KeyLayout.timestampOfHistory(stored));
    return true;
  }

  private void take(long header, byte[] with, long of) {
    value = Header.isDeletion(header) ? null : Arrays.copyOfRange(with, Header.BYTES, with.length);
    timestamp = of;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public byte[] value() {
    return value;
  }

  @Override
  public long timestamp() {
    return timestamp;
  }
}
