// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.storage.memory.index.VersionedIndex;
import java.util.Arrays;

/**
 * An index and the walks that are writing it out. The walks are guarded by the store's lock; they
 * are an array because a put looks at them every time.
 */
final class IndexSlot {
  private static final RecentWrites[] NONE = {};

  final VersionedIndex index;
  private RecentWrites[] walks = NONE;

  IndexSlot(VersionedIndex index) {
    this.index = index;
  }

  /** Adds a version; walks under way are told first, so that they leave it out. */
  void put(byte[] key, byte[] value, long timestamp) {
    if (walks.length > 0) {
      tellWalks(key, timestamp);
    }
    index.put(key, value, timestamp);
  }

  /** A version that is there already is not new: a walk must not leave it out. */
  private void tellWalks(byte[] key, long timestamp) {
    if (index.newestTimestamp(Bytes.wrap(key)) < timestamp) {
      for (RecentWrites walk : walks) {
        walk.note(key, timestamp);
      }
    }
  }

  boolean isWalked() {
    return walks.length > 0;
  }

  /** Begins a walk that sees only what has been put so far. */
  RecentWrites beginWalk() {
    RecentWrites walk = new RecentWrites();
    walks = Arrays.copyOf(walks, walks.length + 1);
    walks[walks.length - 1] = walk;
    return walk;
  }

  void endWalk(RecentWrites walk) {
    walks = Arrays.stream(walks).filter(other -> other != walk).toArray(RecentWrites[]::new);
  }
}
